// Functions and methods that are operations of their own, each time they are called.
import { openedOperation, performAs } from './current-operation.ts'
import { OpenOperation, type OperationContext, SafeParams } from './open-operation.ts'
import { warn } from './recording.ts'

/** What is kept of the arguments: names for them in their order, or a function that picks. */
export type PickParams<Arguments extends readonly unknown[]> =
  | readonly (string | null)[]
  | ((...args: Arguments) => unknown)

/** How a function is audited. */
export type AuditedOptions<Arguments extends readonly unknown[] = readonly unknown[]> = {
  /** What it is called in the trail: `orders.refund`. */
  procedure: string
  /**
   * What is kept of its arguments: a list of names (null leaves one out), or a function of the arguments. Unless given
   * all arguments are kept, in order. Secrets are blackened in any case.
   */
  params?: PickParams<Arguments>
  /** `always` (default): the call is in the trail even when it changed no row, and with its error when it failed. */
  record?: 'changes' | 'always'
  /** Why, where it is always the same or can be told from the arguments. */
  reason?: string | ((...args: Arguments) => string | undefined)
}

// oxlint-disable-next-line typescript/no-explicit-any -- any function may be audited, and keeps its own type
type AnyFunction = (...args: any[]) => unknown

/**
 * The same function, and every call of it an operation: its changes carry its name and arguments. Keeps `this`, name,
 * length, properties and metadata; works for functions with and without promises; errors come through unchanged.
 *
 * @example
 * const refund = audited(refundOrder, { procedure: 'orders.refund', params: ['orderId', 'amount'] })
 * await refund(12, '9.90')
 */
export function audited<Fn extends AnyFunction>(act: Fn, options: AuditedOptions<Parameters<Fn>>): Fn {
  return wrap(act, () => options.procedure, options)
}

/** What may stand in `@Audited(…)` beside the name. */
// oxlint-disable-next-line typescript/no-explicit-any -- a decorator does not know the types of the arguments
export type AuditedMethodOptions = Omit<AuditedOptions<any[]>, 'procedure'>

/** A decorator of methods, standard (TC39) or legacy (`experimentalDecorators`). */
export interface AuditedDecorator {
  // oxlint-disable-next-line typescript/no-explicit-any -- any method may be audited
  <This, Method extends (this: This, ...args: any[]) => unknown>(
    method: Method,
    context: ClassMethodDecoratorContext<This, Method>,
  ): Method
  <Method>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Method>,
  ): TypedPropertyDescriptor<Method> | void
}

/**
 * Makes every call of a method an operation. Works as a standard decorator and as a legacy one (NestJS), in any order
 * with others. Without a name the operation is called `ClassName.method`.
 *
 * @example
 * class Orders {
 *   @Audited('orders.refund', { params: ['orderId', 'amount'] })
 *   async refund(orderId: number, amount: string) {}
 * }
 */
export function Audited(procedure?: string, options: AuditedMethodOptions = {}): AuditedDecorator {
  const decorate = (target: unknown, name: unknown, descriptor?: PropertyDescriptor): unknown => {
    if (isStandardContext(name)) {
      const method = target as AnyFunction
      return wrap(method, (self) => procedure ?? `${classOf(self)}.${String(name.name)}`, options)
    }
    if (typeof descriptor?.value !== 'function') {
      throw new TypeError('@Audited is for methods: put it on one, or wrap the function with audited().')
    }
    const owner = typeof target === 'function' ? target.name : classOf(target)
    const called = procedure ?? `${owner}.${String(name)}`
    descriptor.value = wrap(descriptor.value as AnyFunction, () => called, options)
    return descriptor
  }
  return decorate as AuditedDecorator
}

function wrap<Fn extends AnyFunction>(act: Fn, nameFor: (self: unknown) => string, options: AuditedMethodOptions): Fn {
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    const context: OperationContext = {
      procedure: nameFor(this),
      params: paramsOf(args, options),
      reason: quietly(() => (typeof options.reason === 'function' ? options.reason(...args) : options.reason)),
      record: options.record ?? 'always',
    }
    return performAs(new OpenOperation(context, openedOperation()), () => act.apply(this, args))
  }
  return disguise(wrapper, act) as Fn
}

// Read when the function is called: it may change what it was given.
function paramsOf(args: unknown[], { params }: AuditedMethodOptions): SafeParams | undefined {
  return quietly(() => {
    if (typeof params === 'function') {
      const picked = params(...args)
      return picked === undefined ? undefined : new SafeParams(picked)
    }
    if (params !== undefined) {
      return new SafeParams(
        Object.fromEntries(
          params.flatMap((name, index) => (name === null || index >= args.length ? [] : [[name, args[index]]])),
        ),
      )
    }
    return args.length === 0 ? undefined : new SafeParams(args)
  })
}

function quietly<Value>(ask: () => Value): Value | undefined {
  try {
    return ask()
  } catch (error) {
    warn(error, 'What an audited call was given could not be read')
    return undefined
  }
}

// What frameworks read from a function must be found on the one that stands for it: routes, guards, names, lengths.
function disguise(wrapper: AnyFunction, act: AnyFunction): AnyFunction {
  for (const key of Reflect.ownKeys(act)) {
    if (key === 'prototype' || key === 'arguments' || key === 'caller') continue
    Object.defineProperty(wrapper, key, Object.getOwnPropertyDescriptor(act, key) as PropertyDescriptor)
  }
  const metadata = Reflect as typeof Reflect & {
    getOwnMetadataKeys?: (target: object) => unknown[]
    getOwnMetadata?: (key: unknown, target: object) => unknown
    defineMetadata?: (key: unknown, value: unknown, target: object) => void
  }
  for (const key of metadata.getOwnMetadataKeys?.(act) ?? []) {
    metadata.defineMetadata?.(key, metadata.getOwnMetadata?.(key, act), wrapper)
  }
  return wrapper
}

function isStandardContext(value: unknown): value is ClassMethodDecoratorContext {
  return typeof value === 'object' && value !== null && 'kind' in value && 'name' in value
}

function classOf(self: unknown): string {
  if (typeof self === 'function') return self.name
  const constructor = (self as { constructor?: { name?: string } } | null | undefined)?.constructor
  return constructor?.name || 'anonymous'
}
