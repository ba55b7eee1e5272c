// The door for NestJS: a module that makes every call of a handler an operation, and instruments the database.
import {
  type CallHandler,
  type DynamicModule,
  type ExecutionContext,
  Inject,
  Injectable,
  type InjectionToken,
  Module,
  type ModuleMetadata,
  type NestInterceptor,
  type OptionalFactoryDependency,
  type Provider,
} from '@nestjs/common'
import { APP_INTERCEPTOR } from '@nestjs/core'
import { Observable } from 'rxjs'
import { insideOperation } from './context/current-operation.ts'
import { beginRequest, firstHeader, type RequestOptions } from './context/request-operation.ts'
import { instrument } from './instrument/instrument.ts'

/** What the module is told. Functions are given the request of the platform, Express' or Fastify's; see `context`. */
// oxlint-disable-next-line typescript/no-explicit-any -- the request is the platform's, with whatever guards put on it
export type TrailModuleOptions = Omit<RequestOptions<any>, 'procedure'> & {
  /** What is being called; `OrdersController.refund` unless given. */
  procedure?: (context: ExecutionContext) => string
  /** Instrumented: a TypeORM DataSource (before or after it is initialized), a pool of pg, or several. */
  dataSource?: object | object[]
  /** The trail, as `openTrail` gives it: instruments the data source so that what changed nothing is recorded by its pool. */
  trail?: { instrument(target: object): unknown }
}

/** How the options come to be when they need other providers. */
export type TrailModuleAsyncOptions = Pick<ModuleMetadata, 'imports'> & {
  inject?: (InjectionToken | OptionalFactoryDependency)[]
  // oxlint-disable-next-line typescript/no-explicit-any -- what is injected is told by `inject`
  useFactory: (...dependencies: any[]) => TrailModuleOptions | Promise<TrailModuleOptions>
}

const optionsToken: unique symbol = Symbol('steward trail options')

/**
 * Makes every call of a handler (HTTP, RPC, WebSocket, GraphQL) an operation named `Controller.method`. It begins after the
 * guards, so that the user is known, and before the pipes. `TrailModule` puts it in its place.
 *
 * @example
 * app.useGlobalInterceptors(new TrailInterceptor({ actor: ({ user }) => user && { type: 'user', id: String(user.id) } }))
 */
export class TrailInterceptor implements NestInterceptor {
  readonly #options: TrailModuleOptions

  constructor(options: TrailModuleOptions) {
    this.#options = options
  }

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { procedure, ...options } = this.#options
    const request = requestOf(context)
    return new Observable((subscriber) => {
      const operation = beginRequest(request, options, {
        procedure: () => procedure?.(context) ?? `${context.getClass().name}.${context.getHandler().name}`,
        requestId: () => firstHeader(request?.headers?.['x-request-id']) ?? undefined,
      })
      return insideOperation(operation, () =>
        next.handle().subscribe({
          next: (value) => subscriber.next(value),
          error: (error) => {
            void operation.end('failed', error)
            subscriber.error(error)
          },
          complete: () => {
            void operation.end('done')
            subscriber.complete()
          },
        }),
      )
    })
  }
}
Injectable()(TrailInterceptor)
Inject(optionsToken)(TrailInterceptor, undefined, 0)

/**
 * The trail in a NestJS application, global.
 *
 * @example
 * import { DataSource } from 'typeorm'
 *
 * TrailModule.forRootAsync({
 *   inject: [DataSource],
 *   useFactory: (dataSource) => ({ dataSource, actor: ({ user }) => user && { type: 'user', id: String(user.id) } }),
 * })
 */
export class TrailModule {
  /** With options that are known when the module is written down. */
  static forRoot(options: TrailModuleOptions): DynamicModule {
    return moduleWith([{ provide: optionsToken, useFactory: () => prepare(options) }])
  }

  /** With options that need other providers, such as the DataSource of `TypeOrmModule`. */
  static forRootAsync(options: TrailModuleAsyncOptions): DynamicModule {
    const provider: Provider = {
      provide: optionsToken,
      inject: options.inject ?? [],
      useFactory: async (...dependencies: unknown[]) => prepare(await options.useFactory(...dependencies)),
    }
    return { ...moduleWith([provider]), imports: options.imports ?? [] }
  }
}
Module({})(TrailModule)

function moduleWith(providers: Provider[]): DynamicModule {
  return {
    module: TrailModule,
    global: true,
    providers: [...providers, { provide: APP_INTERCEPTOR, useClass: TrailInterceptor }],
  }
}

function prepare(options: TrailModuleOptions): TrailModuleOptions {
  const { dataSource, trail } = options
  for (const target of [dataSource ?? []].flat()) {
    if (trail === undefined) instrument(target)
    else trail.instrument(target)
  }
  return options
}

/** What of a platform's request is read here. */
type PlatformRequest = { headers?: Record<string, string | string[] | undefined> }

// Most put the request into their context; others make the context of it.
function graphRequest(context: (PlatformRequest & { req?: PlatformRequest }) | undefined): PlatformRequest | undefined {
  return context?.req ?? context
}

function requestOf(context: ExecutionContext): PlatformRequest | undefined {
  switch (context.getType<string>()) {
    case 'http':
      return context.switchToHttp().getRequest()
    case 'graphql':
      // As @nestjs/graphql lays out its arguments: root, args, context, info.
      return graphRequest(context.getArgByIndex(2))
    case 'ws':
      return context.switchToWs().getClient()
    default:
      return context.switchToRpc().getContext() ?? {}
  }
}
