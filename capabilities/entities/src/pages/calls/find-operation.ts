// The operation that a call has left: found by its request's id, among those of its time and its actor.
import type { StewardClient } from '@steward/sdk'
import type { LoggedCall } from './logged-call.ts'

const aroundMs = 5000
const most = 500

/** The operation's id; null where there is none that the person sees. @throws CallError */
export async function findOperation(client: StewardClient, call: LoggedCall): Promise<string | null> {
  const at = Date.parse(call.at)
  const { operations } = await client.operations({
    from: new Date(at - call.durationMs - aroundMs),
    to: new Date(at + call.durationMs + aroundMs),
    ...(call.actor === null ? {} : { actor: `${call.actor.type}:${call.actor.id}` }),
    limit: most,
  })
  return operations.find(({ requestId }) => requestId === call.requestId)?.id ?? null
}

/** Whether a call may have left one: what only reads leaves none. */
export function mayHaveWritten({ method, status, path }: LoggedCall): boolean {
  return !['GET', 'HEAD', 'OPTIONS'].includes(method) && status < 500 && !path.endsWith('/query')
}
