// What the transaction of a request carries: where names are looked for, as whom it runs, and what it was asked.
import type { Operation, WebRequest } from '@steward/engine'
import { quoteIdentifier } from '@steward/postgres'
import type { Settings } from '../options.ts'
import { runsOwnCode } from './plan/runs-own-code.ts'
import type { Plan } from './plan.ts'

/** A setting for the transaction; one of no name that PostgreSQL knows is a text that SQL can read. */
type Setting = [name: string, value: string]

/**
 * The settings of a request's transaction. The role comes last but for what a function asks for: after it, fewer may be set.
 *
 * @example
 * transactionSettings({ plan, web, settings, operation: null })[0] // ['search_path', '"public"']
 */
export function transactionSettings({
  plan,
  web,
  settings,
  operation,
}: {
  plan: Plan
  web: WebRequest
  settings: Settings
  operation: Operation | null
}): Setting[] {
  const { request } = plan
  const carried = operation === null ? {} : (settings.leaveOperation?.settings(operation) ?? {})
  const { timezone } = request.preferences
  return [
    ['search_path', [request.schema, ...settings.extraSearchPath].map(quoteIdentifier).join(', ')],
    ...Object.entries(carried),
    ...roleSettings(settings),
    ...requestSettings(plan, web, settings.compat !== null),
    ...(timezone === null ? [] : [['timezone', timezone] satisfies Setting]),
    ...functionSettings(plan),
  ]
}

/** The isolation level that a function asks for, or null. */
export function isolationOf(plan: Plan): string | null {
  if (plan.kind !== 'call') return null
  const { settings } = plan.call.function
  return (settings.default_transaction_isolation ?? settings.isolation ?? '').toLowerCase() || null
}

function roleSettings({ compat }: Settings): Setting[] {
  const role = compat?.anonymousRole ?? null
  if (role === null) return []
  return [
    ['role', role],
    ['request.jwt.claims', JSON.stringify({ role })],
  ]
}

// What nobody can read costs as much to say as a row costs to find. The pure dialect says it always.
function requestSettings(plan: Plan, web: WebRequest, isPure: boolean): Setting[] {
  if (!isPure && !runsOwnCode(plan)) return []
  const { method, path } = plan.request
  return [['request.method', method], ['request.path', decoded(path)], ...headerSettings(web, isPure)]
}

const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key', 'apikey'])

// The pure dialect hands everything on, as its clients' functions expect. Steward's own keys are no function's business.
function headerSettings({ headers }: WebRequest, isPure: boolean): Setting[] {
  const isShown = (name: string) => (isPure ? name !== 'cookie' : !secretHeaders.has(name))
  const shown = Object.fromEntries(Object.entries(headers).filter(([name]) => isShown(name)))
  const cookies = isPure ? cookiesOf(headers.cookie ?? '') : {}
  return [
    ['request.headers', jsonText(shown)],
    ['request.cookies', jsonText(cookies)],
  ]
}

function cookiesOf(header: string): Record<string, string> {
  const pairs = header.split(';').map((pair) => pair.trim().split('='))
  return Object.fromEntries(pairs.flatMap(([name = '', ...value]) => (name === '' ? [] : [[name, value.join('=')]])))
}

// A zero character cannot be held by jsonb, and nobody sends one in earnest.
function jsonText(value: Record<string, string>): string {
  return JSON.stringify(value).toWellFormed().replaceAll(String.raw`\u0000`, '')
}

function functionSettings(plan: Plan): Setting[] {
  if (plan.kind !== 'call') return []
  const isOurs = (name: string) => name !== 'default_transaction_isolation' && name !== 'isolation'
  return Object.entries(plan.call.function.settings).filter(([name]) => isOurs(name))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll('\0', '')
  } catch {
    return path
  }
}
