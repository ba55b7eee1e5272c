// How requests leave and answers come back: key, reason, exact numbers, dry runs and their changes, and errors that say more.
import { isStewardError, type StewardError } from '@steward/base'
import { sdkErrors } from './errors.ts'
import type { ClientOptions, Person } from './options.ts'
import { withRetries } from './retry.ts'
import type { ChangeFacts } from './trail-shapes.ts'

/** Told of the changes of each write; those of a dry run are shown and rolled back. */
export type OnChanges = (changes: ChangeFacts[]) => void

/** The two ways of one client: `send` for Steward's own routes, `dialect` for what postgrest-js sends. */
export type Transport = { send: typeof fetch; dialect: typeof fetch }

/** Opens the transport of a client. */
export function openTransport(options: ClientOptions, onChanges: OnChanges | null): Transport {
  // Looked up for each request, and called without an owner: browsers insist on both.
  const plain: typeof fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init))
  const patient = withRetries(plain, { retries: options.retries ?? 3 })
  const send: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    for (const [name, value] of Object.entries(options.headers ?? {})) if (!headers.has(name)) headers.set(name, value)
    if (options.key !== undefined) headers.set('Authorization', `Bearer ${options.key}`)
    if (options.onBehalfOf !== undefined) headers.set('Steward-On-Behalf-Of', personText(options.onBehalfOf))
    if (options.reason !== undefined && !isRead(init) && !headers.has('Steward-Reason')) {
      headers.set('Steward-Reason', encodeURIComponent(options.reason))
    }
    return patient(input, { ...init, headers: plainly(headers) })
  }
  const isRehearsed = options.dryRun === true || onChanges !== null
  const dialect: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    if (options.exact === true) headers.set('Accept', exactly(headers.get('Accept')))
    if (options.idempotent === true && !isRehearsed && !isRead(init))
      headers.set('Idempotency-Key', crypto.randomUUID())
    const sent = { ...init, headers }
    try {
      const answer =
        isRehearsed && !isRead(init) ? await rehearse(send, { input, init: sent }, onChanges) : await send(input, sent)
      return answer.ok ? answer : await explained(answer)
    } catch (error) {
      if (init?.signal?.aborted === true) throw error
      return refused(
        isStewardError(error) ? error : sdkErrors.UNREACHABLE({ url: options.url, problem: String(error) }),
      )
    }
  }
  return { send, dialect }
}

type Sending = { input: string | URL | Request; init: RequestInit & { headers: Headers } }

/** Sends a write as a dry run, and hands on the answer that it would have had alone. */
async function rehearse(send: typeof fetch, { input, init }: Sending, onChanges: OnChanges | null): Promise<Response> {
  const headers = new Headers(init.headers)
  const preferred = headers.get('Prefer')
  headers.set('Prefer', preferred === null ? 'tx=rollback' : `${preferred},tx=rollback`)
  const rolledBack = async (answer: Response) => {
    const isApplied = /tx=rollback/.test(answer.headers.get('Preference-Applied') ?? '')
    if (answer.ok && !isApplied) throw sdkErrors.NOT_ROLLED_BACK({ url: urlOf(input) })
    return answer
  }
  if (onChanges === null) return rolledBack(await send(input, { ...init, headers }))
  const shown = new Headers(headers)
  shown.set('Steward-Diff', '1')
  const answer = await send(input, { ...init, headers: shown })
  // A function that only reads has no changes to show, and was not called.
  if (answer.status === 400 && (await codeOf(answer)) === 'ENTITIES_DIFF_OF_READ')
    return send(input, { ...init, headers })
  await rolledBack(answer)
  if (!answer.headers.get('Content-Type')?.startsWith('application/vnd.steward.diff+json')) return answer
  const { result, changes } = (await answer.json()) as { result: unknown; changes: ChangeFacts[] }
  onChanges(changes)
  const kept = new Headers(answer.headers)
  for (const name of ['Content-Length', 'Content-Encoding']) kept.delete(name)
  kept.set('Content-Type', typeof result === 'string' ? 'text/plain' : 'application/json')
  if (result === null) return new Response(null, { status: 204, headers: kept })
  const isPlain = isText(init) && typeof result === 'string'
  return new Response(isPlain ? result : JSON.stringify(result), { status: 200, headers: kept })
}

// postgrest-js keeps of a refusal whatever stands in its body: so that it can also say the status and the request.
async function explained(answer: Response): Promise<Response> {
  const text = await answer.text()
  const { status, statusText, headers } = answer
  const facts = { status, requestId: headers.get('X-Request-Id') }
  const said = jsonOf(text)
  const kept = new Headers(headers)
  for (const name of ['Content-Length', 'Content-Encoding']) kept.delete(name)
  const isRefusal = typeof said === 'object' && said !== null && !Array.isArray(said)
  const body = isRefusal ? JSON.stringify({ ...said, ...facts }) : text
  return new Response(body === '' ? null : body, { status, statusText, headers: kept })
}

// As the server would have said it: so that a query fails in one way only.
function refused(error: StewardError): Response {
  const { status } = error
  return new Response(JSON.stringify({ ...error.toJSON(), status, requestId: null }), { status })
}

async function codeOf(answer: Response): Promise<unknown> {
  return (jsonOf(await answer.clone().text()) as { code?: unknown } | null)?.code
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

// What postgrest-js hands out as it came: it does not parse it.
function isText({ headers }: Sending['init']): boolean {
  return headers.get('Accept') === 'text/csv'
}

function isRead(init: RequestInit | undefined): boolean {
  return ['GET', 'HEAD'].includes((init?.method ?? 'GET').toUpperCase())
}

// The dialect's media types take it as a parameter; plans and CSV have no numbers to lose.
function exactly(accept: string | null): string {
  if (accept === null || accept === '*/*') return 'application/json;numbers=string'
  return /^application\/(json|vnd\.pgrst\.(object|array))/.test(accept) ? `${accept};numbers=string` : accept
}

// `user:42`, `staff:kim`, with `;name=…` where it is known.
function personText(person: Person): string {
  if (typeof person === 'string') {
    const [, type = 'user', id = person] = /^(user|staff):([\s\S]+)$/.exec(person) ?? []
    return `${type}:${encodeURIComponent(id)}`
  }
  const { type = 'user', id, name } = person
  return `${type}:${encodeURIComponent(id)}${name === undefined ? '' : `;name=${encodeURIComponent(name)}`}`
}

function plainly(headers: Headers): Record<string, string> {
  return Object.fromEntries(headers)
}

function urlOf(input: Sending['input']): string {
  return typeof input === 'string' ? input : input instanceof URL ? input.href : input.url
}
