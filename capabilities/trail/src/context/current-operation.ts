// The operation that the running code belongs to, over awaits, timers and callbacks.
import { AsyncLocalStorage } from 'node:async_hooks'
import { type CurrentOperation, OpenOperation, type OperationContext } from './open-operation.ts'

const storage = new AsyncLocalStorage<OpenOperation | undefined>()

/**
 * Runs a function as an operation: every change that it makes through an instrumented pool, over awaits and in
 * parallel, carries who, what and why. Inside another operation it becomes its child and inherits actor, reason,
 * source, request and run. What the function returns or throws comes back unchanged; a query that only starts when it is awaited (as
 * Prisma's and Drizzle's) is started inside. A function as context is asked whenever something is sent, so that it may know more later.
 *
 * @example
 * await withOperation({ actor: { type: 'user', id: '7' }, procedure: 'orders.refund', reason: 'damaged' }, async () => {
 *   await pool.query('UPDATE orders SET refunded = true WHERE id = $1', [12])
 * })
 */
export function withOperation<Result>(context: OperationContext | (() => OperationContext), act: () => Result): Result {
  return performAs(new OpenOperation(context, storage.getStore()), act)
}

/**
 * The innermost operation of the running code; undefined outside of any.
 *
 * @example
 * logger.info({ operation: currentOperation()?.id }, 'refunded')
 */
export function currentOperation(): CurrentOperation | undefined {
  return storage.getStore()
}

/** The same, for those who carry it. */
export function openedOperation(): OpenOperation | undefined {
  return storage.getStore()
}

/**
 * Begins an operation whose end somebody else will tell, as doors of frameworks do.
 *
 * @example
 * const operation = beginOperation({ procedure: 'POST /orders' })
 * insideOperation(operation, next)
 */
export function beginOperation(
  context: OperationContext | (() => OperationContext),
  record?: 'changes' | 'always',
): OpenOperation {
  return new OpenOperation(context, storage.getStore(), record)
}

/** Runs a function inside an operation without ending it; inside none where it is undefined. */
export function insideOperation<Result>(operation: OpenOperation | undefined, act: () => Result): Result {
  return storage.getStore() === operation ? act() : storage.run(operation, act)
}

/** Runs a function as this operation, and ends it. */
export function performAs<Result>(operation: OpenOperation, act: () => Result): Result {
  let result: Result
  try {
    result = storage.run(operation, () => started(act()))
  } catch (error) {
    void operation.end('failed', error)
    throw error
  }
  if (!(result instanceof Promise)) {
    void operation.end('done')
    return result
  }
  if (operation.always !== operation) return result
  return finished(operation, result) as Result
}

async function finished<Value>(operation: OpenOperation, promise: Promise<Value>): Promise<Value> {
  let value: Value
  try {
    value = await promise
  } catch (error) {
    await operation.end('failed', error)
    throw error
  }
  await operation.end('done')
  return value
}

// A thenable that is no promise has often not begun: it must begin here, inside the operation.
function started<Result>(result: Result): Result {
  if (result instanceof Promise || !isThenable(result)) return result
  return new Promise((resolve, reject) => {
    void result.then(resolve, reject)
  }) as Result
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    'then' in value &&
    typeof value.then === 'function'
  )
}
