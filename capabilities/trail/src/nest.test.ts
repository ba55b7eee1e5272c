// Tests of the NestJS module with real applications on both platforms, and with TypeORM.
import 'reflect-metadata'
import {
  type CanActivate,
  Controller,
  type DynamicModule,
  type ExecutionContext,
  Get,
  type INestApplication,
  Inject,
  Injectable,
  Module,
  Param,
  Post,
  SetMetadata,
  UseGuards,
} from '@nestjs/common'
import { NestFactory, Reflector } from '@nestjs/core'
import { FastifyAdapter } from '@nestjs/platform-fastify'
import { TypeOrmModule } from '@nestjs/typeorm'
import pg from 'pg'
import { DataSource, type EntityManager, EntitySchema } from 'typeorm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Audited } from './context/audited.ts'
import { TrailModule } from './nest.ts'
import { type AccountTrail, accountTrail } from './testing/account-trail.ts'

type Account = { id: number; name: string; amount: string }

const Account = new EntitySchema<Account>({
  name: 'account',
  columns: {
    id: { type: Number, primary: true, generated: true },
    name: { type: String },
    amount: { type: 'numeric', default: 0 },
  },
})

// Decorators by hand: what runs here is not compiled by tsc, and Node knows no decorators.
function decorate(target: object, name: string, ...decorators: MethodDecorator[]): void {
  const descriptor = Object.getOwnPropertyDescriptor(target, name) as PropertyDescriptor
  for (const decorator of decorators.reverse())
    Object.defineProperty(target, name, decorator(target, name, descriptor) ?? descriptor)
}

class AccountService {
  readonly dataSource: DataSource
  constructor(dataSource: DataSource) {
    this.dataSource = dataSource
  }
  async open(name: string): Promise<void> {
    await this.dataSource.transaction('SERIALIZABLE', (manager: EntityManager) =>
      manager.getRepository(Account).save({ name }),
    )
  }
  async refuse(name: string): Promise<void> {
    await this.dataSource.transaction(async (manager: EntityManager) => {
      await manager.getRepository(Account).save({ name })
      throw new Error('refused')
    })
  }
}
Injectable()(AccountService)
Inject(DataSource)(AccountService, undefined, 0)
decorate(AccountService.prototype, 'refuse', Audited('accounts.refuse', { params: ['name'] }) as MethodDecorator)

class SignedIn implements CanActivate {
  readonly reflector: Reflector
  constructor(reflector: Reflector) {
    this.reflector = reflector
  }
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest()
    request.user = { id: request.headers.authorization ?? 'nobody' }
    return this.reflector.get('role', context.getHandler()) !== 'nobody'
  }
}
Injectable()(SignedIn)
Inject(Reflector)(SignedIn, undefined, 0)

class AccountsController {
  readonly accounts: AccountService
  constructor(accounts: AccountService) {
    this.accounts = accounts
  }
  async open(name: string): Promise<object> {
    await this.accounts.open(name)
    return { name }
  }
  async refuse(name: string): Promise<void> {
    await this.accounts.refuse(name)
  }
  async closed(): Promise<object> {
    return {}
  }
  async list(): Promise<object> {
    return this.accounts.dataSource.getRepository(Account).find()
  }
}
Controller('accounts')(AccountsController)
UseGuards(SignedIn)(AccountsController)
Inject(AccountService)(AccountsController, undefined, 0)
decorate(AccountsController.prototype, 'open', Post(':name/open'))
Param('name')(AccountsController.prototype, 'open', 0)
// An audited handler keeps its route and what its guards read, in whatever order the decorators stand.
decorate(AccountsController.prototype, 'refuse', Audited('api.refuse') as MethodDecorator, Post(':name/refuse'))
Param('name')(AccountsController.prototype, 'refuse', 0)
decorate(
  AccountsController.prototype,
  'closed',
  Get('closed'),
  Audited() as MethodDecorator,
  SetMetadata('role', 'nobody'),
)
decorate(AccountsController.prototype, 'list', Get())

let database: AccountTrail

beforeAll(async () => {
  database = await accountTrail()
})
afterAll(() => database.drop())
beforeEach(() => database.forget())

function applicationWith(...imports: (DynamicModule | Promise<DynamicModule>)[]): new () => object {
  class Application {}
  Module({ imports: imports as DynamicModule[], controllers: [AccountsController], providers: [AccountService] })(
    Application,
  )
  return Application
}

const typeOrm = () => TypeOrmModule.forRoot({ type: 'postgres', url: database.url, entities: [Account], driver: pg })
const actor = ({ user }: { user?: { id: string } }) => user && { type: 'user' as const, id: user.id }

const platforms = [
  ['Express', (module: new () => object) => NestFactory.create(module, { logger: false })],
  ['Fastify', (module: new () => object) => NestFactory.create(module, new FastifyAdapter(), { logger: false })],
] as [string, (module: new () => object) => Promise<INestApplication>][]

describe.each(platforms)('on %s', (_platform, create) => {
  let app: INestApplication
  let url: string

  beforeAll(async () => {
    app = await create(
      applicationWith(
        typeOrm(),
        TrailModule.forRootAsync({
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => ({ dataSource, actor }),
        }),
      ),
    )
    await app.listen(0)
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1').replace('localhost', '127.0.0.1')
  })
  afterAll(() => app.close())

  test('what a handler changes through TypeORM carries the user of the guard and Controller.method', async () => {
    const response = await fetch(`${url}/accounts/kim/open`, {
      method: 'POST',
      headers: { authorization: 'u-7', 'x-request-id': 'r-1' },
    })
    expect(response.status).toBe(201)
    expect(await response.json()).toEqual({ name: 'kim' })
    expect(await database.changes()).toMatchObject([
      { name: 'kim', procedure: 'AccountsController.open', actor: 'u-7', requestId: 'r-1' },
    ])
  })

  test('a failing call of an audited method is in the trail, inside its request', async () => {
    const response = await fetch(`${url}/accounts/kim/refuse`, { method: 'POST', headers: { authorization: 'u-7' } })
    expect(response.status).toBe(500)
    await expect
      .poll(async () =>
        (await database.operations())
          .filter(({ outcome }) => outcome === 'failed')
          .map(({ procedure, error }) => `${procedure} ${error}`)
          .sort(),
      )
      .toEqual(['accounts.refuse Error: refused', 'api.refuse Error: refused'])
    expect(await database.changes()).toEqual([])
  })

  test('guards read the metadata of an audited handler', async () => {
    expect((await fetch(`${url}/accounts/closed`)).status).toBe(403)
  })

  test('requests at once keep apart, and reads leave nothing', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `n${index}`)
    await Promise.all([
      ...names.map((name) =>
        fetch(`${url}/accounts/${name}/open`, { method: 'POST', headers: { authorization: name } }),
      ),
      ...names.map(() => fetch(`${url}/accounts`)),
    ])
    // Serializable transactions at once: some give up, and those that do not are their own.
    const changes = await database.changes()
    expect(changes.length).toBeGreaterThan(0)
    for (const { name, actor } of changes) expect(actor).toBe(name)
    expect((await database.operations()).every(({ procedure }) => procedure === 'AccountsController.open')).toBe(true)
  })
})

describe('with options that are known beforehand', () => {
  let app: INestApplication
  afterEach(() => app.close())

  test('every call is in the trail where that is asked for, and may be named otherwise', async () => {
    const dataSource = new DataSource({ type: 'postgres', url: database.url, entities: [Account] })
    const trail = TrailModule.forRoot({
      dataSource,
      actor,
      record: 'always',
      procedure: (context) => `api.${context.getHandler().name}`,
    })
    class Sources {}
    Module({ providers: [{ provide: DataSource, useValue: dataSource }], exports: [DataSource] })(Sources)
    app = await NestFactory.create(applicationWith(trail, { module: Sources, global: true }), { logger: false })
    await dataSource.initialize()
    await app.listen(0)
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1').replace('localhost', '127.0.0.1')
    await fetch(`${url}/accounts/kim/open`, { method: 'POST' })
    await fetch(`${url}/accounts`)
    await expect
      .poll(async () => new Set((await database.operations()).map(({ procedure }) => procedure)))
      .toEqual(new Set(['api.open', 'api.list']))
    await dataSource.destroy()
  })
})
