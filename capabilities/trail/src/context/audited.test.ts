// Tests of functions and methods that are operations.
import 'reflect-metadata'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Audited, audited } from './audited.ts'
import { currentOperation, openedOperation } from './current-operation.ts'

/** Procedure and parameters of the operation that asks. */
function said(): { procedure: string | null | undefined; params: unknown } {
  const json = openedOperation()?.carried().text.split('\u001e')[0]?.split('\u001f')[6]
  return { procedure: currentOperation()?.procedure, params: json ? JSON.parse(json) : undefined }
}

describe('audited', () => {
  test('keeps this, name, length, properties, metadata and type', () => {
    const act = Object.assign(
      function refund(this: { factor: number }, amount: number, _more?: string) {
        return this.factor * amount
      },
      { route: '/refund' },
    )
    Reflect.defineMetadata('role', 'admin', act)
    const wrapped = audited(act, { procedure: 'orders.refund' })
    expect(wrapped.call({ factor: 2 }, 3)).toBe(6)
    expect([wrapped.name, wrapped.length, wrapped.route]).toEqual(['refund', 2, '/refund'])
    expect(Reflect.getMetadata('role', wrapped)).toBe('admin')
  })

  test('keeps all arguments unless told which, and no secret', async () => {
    const act = async (..._args: unknown[]) => said()
    expect(await audited(act, { procedure: 'a.b' })(1, { password: 'x', y: 2 }, 'z')).toEqual({
      procedure: 'a.b',
      params: [1, { password: '[redacted]', y: 2 }, 'z'],
    })
    expect(await audited(act, { procedure: 'a.b' })()).toEqual({ procedure: 'a.b', params: undefined })
    expect((await audited(act, { procedure: 'a.b', params: ['x', null, 'z', 'more'] })(1, 2, 3)).params).toEqual({
      x: 1,
      z: 3,
    })
    expect(
      (await audited(act, { procedure: 'a.b', params: (...args) => ({ count: args.length, token: 't' }) })(1, 2))
        .params,
    ).toEqual({
      count: 2,
      token: '[redacted]',
    })
  })

  test('keeps the arguments as they were when it was called', async () => {
    const order = { id: 1 }
    const act = audited(
      async (given: { id: number }) => {
        given.id = 2
        return said()
      },
      { procedure: 'a.b' },
    )
    expect((await act(order)).params).toEqual([{ id: 1 }])
  })

  test('a picker that fails does not hurt the call', async () => {
    const act = audited(async (_order: { id: number } | null) => said(), {
      procedure: 'a.b',
      params: (order) => ({ id: (order as { id: number }).id }),
      reason: () => {
        throw new Error('no')
      },
    })
    expect(await act(null)).toEqual({ procedure: 'a.b', params: undefined })
  })

  test('every call is another operation, and calls inside are children', () => {
    const ids = new Set<string>()
    const inner = audited(() => currentOperation()?.parentId, { procedure: 'inner' })
    const outer = audited(
      () => {
        const { id } = currentOperation() as { id: string }
        ids.add(id)
        return inner() === id
      },
      { procedure: 'outer' },
    )
    expect([outer(), outer()]).toEqual([true, true])
    expect(ids.size).toBe(2)
  })
})

describe('@Audited', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'steward-decorators-'))
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  // Node knows no decorators: tsc compiles them, and checks that they have types in both worlds.
  async function compile(name: string, ...flags: string[]): Promise<Record<string, (...given: unknown[]) => unknown>> {
    const root = fileURLToPath(new URL('../../../../', import.meta.url))
    const source = fileURLToPath(new URL(`../fixtures/decorators/${name}.ts`, import.meta.url))
    const out = join(folder, name)
    const options = [
      '--outDir',
      out,
      '--rootDir',
      root,
      '--target',
      'es2024',
      '--module',
      'nodenext',
      '--customConditions',
      'source',
      '--strict',
      '--skipLibCheck',
      '--allowImportingTsExtensions',
      '--rewriteRelativeImportExtensions',
      '--types',
      'node',
      '--ignoreConfig',
    ]
    const compiler = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url))
    await promisify(execFile)(process.execPath, [compiler, source, ...options, ...flags], { cwd: root }).catch(
      (error) => {
        throw new Error(error.stdout)
      },
    )
    return import(
      /* @vite-ignore */ pathToFileURL(join(out, `capabilities/trail/src/fixtures/decorators/${name}.js`)).href
    )
  }

  test('as legacy decorator, above and below others', async () => {
    const { declareLegacy } = await compile('legacy', '--experimentalDecorators', '--emitDecoratorMetadata')
    const Route =
      (path: string): MethodDecorator =>
      (_target, _name, descriptor) => {
        Reflect.defineMetadata('path', path, descriptor.value as object)
      }
    const seen: unknown[] = []
    const Watched = watching(seen)
    const Orders = declareLegacy?.(Watched, Route) as any
    const orders = new Orders('refunded')
    expect(await orders.refund(12, 'hush', '9.90')).toBe('refunded 12 9.90')
    expect(orders.sync(1)).toBe(2)
    expect(Orders.count(1, 2, 3)).toBe(3)
    expect(seen).toEqual([
      { procedure: 'orders.refund', params: { orderId: 12, amount: '9.90' } },
      { procedure: 'Orders.sync', params: [1] },
      { procedure: 'orders.static', params: [1, 2, 3] },
    ])
    expect([orders.refund.name, orders.refund.length, orders.sync.name]).toEqual(['refund', 3, 'sync'])
    expect(Reflect.getMetadata('path', orders.refund)).toBe('above')
    expect(Reflect.getMetadata('path', orders.sync)).toBe('below')
    expect(Reflect.getMetadata('design:paramtypes', Orders.prototype, 'refund')).toEqual([Number, String, String])
  })

  test('as standard decorator, on private and static methods, too', async () => {
    const { declareStandard } = await compile('standard')
    const seen: unknown[] = []
    const Orders = declareStandard?.(watching(seen)) as any
    const orders = new Orders('refunded')
    expect(await orders.refund(12, 'hush', '9.90')).toBe('refunded 12 9.90')
    expect(orders.sync(1)).toBe(2)
    expect(Orders.count(1, 2, 3)).toBe(3)
    expect(orders.callHidden()).toBe('hidden')
    expect(seen).toEqual([
      { procedure: 'orders.refund', params: { orderId: 12, amount: '9.90' } },
      { procedure: 'Orders.sync', params: [1] },
      { procedure: 'orders.static', params: [1, 2, 3] },
      { procedure: 'Orders.#hidden', params: undefined },
    ])
  })

  // The decorator under test around one that looks at the operation from inside.
  function watching(seen: unknown[]): typeof Audited {
    return ((...given: Parameters<typeof Audited>) =>
      (target: any, name: any, descriptor?: any) => {
        const look = (act: any) =>
          Object.defineProperties(function (this: unknown, ...args: unknown[]) {
            seen.push(said())
            return act.apply(this, args)
          }, Object.getOwnPropertyDescriptors(act))
        const decorate = Audited(...given) as any
        if (descriptor === undefined) return decorate(look(target), name)
        const { value } = descriptor
        descriptor.value = look(value)
        for (const key of Reflect.getOwnMetadataKeys(value))
          Reflect.defineMetadata(key, Reflect.getOwnMetadata(key, value), descriptor.value)
        return decorate(target, name, descriptor)
      }) as typeof Audited
  }

  test('on anything but a method says what it is for', () => {
    expect(() => (Audited('a.b') as any)({}, 'field', { get: () => 1 })).toThrow('@Audited is for methods')
  })
})
