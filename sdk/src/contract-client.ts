// The procedures of a capability as methods, typed by its contract.
import { type AnswerOf, type AnyProcedure, type AskedOf, type Contract, routeOf } from '@steward/contract'
import type { StewardClient } from './client.ts'
import type { AskOptions, WriteOptions } from './options.ts'

/**
 * A method for each procedure that can be reached on the web: its input as the contract takes it, its output as the contract
 * promises it. A write takes a reason, and may be a dry run.
 *
 * @example
 * const listed = (access: CapabilityClient<typeof accessContract>) => access.listKeys({ all: true })
 */
export type CapabilityClient<C extends Contract> = {
  [Name in keyof C]: (input: AskedOf<C[Name]>, options?: WriteOptions) => Promise<AnswerOf<C[Name]>>
}

/**
 * Makes the methods of one capability, asked at its own address.
 *
 * @throws CallError when a method is refused; Error for a procedure that is not for the web
 * @example
 * const keys = await capabilityClient(client, 'access', accessContract).listKeys({ all: true })
 */
export function capabilityClient<const C extends Contract>(
  client: Pick<StewardClient, 'ask'>,
  capability: string,
  contract: C,
): CapabilityClient<C> {
  const methods = Object.entries(contract).map(([name, promised]) => [
    name,
    (input: Readonly<Record<string, unknown>> = {}, options: WriteOptions = {}) => {
      const { path, isRead, left } = addressOf(`${capability}.${name}`, { name, promised, input })
      return client.ask(`/${capability}${path}`, {
        ...options,
        ...(isRead ? { query: left as NonNullable<AskOptions['query']> } : { body: left }),
      })
    },
  ])
  return Object.fromEntries(methods) as CapabilityClient<C>
}

type Asked = { name: string; promised: AnyProcedure; input: Readonly<Record<string, unknown>> }

/** Fields that stand in the path leave the rest of the input. */
function addressOf(procedure: string, { name, promised, input }: Asked) {
  const route = routeOf(name, promised)
  if (route === null) throw new Error(`${procedure} is not for the web: use the command line.`)
  const left: Record<string, unknown> = { ...input }
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, field: string) => {
    const value = left[field]
    delete left[field]
    return encodeURIComponent(String(value))
  })
  return { path, isRead: route.method === 'GET', left }
}
