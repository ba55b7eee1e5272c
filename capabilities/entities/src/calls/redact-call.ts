// Takes out of a call what nobody should read in a log: values under secret names, and more than a log can hold.
import { looksSecret, redact } from '@steward/base'
import type { Call } from '@steward/engine'

const longestQuery = 4000
const longestPath = 1000

/**
 * The call as it may be kept: its filter stays, but for what stands under a name that looks secret.
 *
 * @example
 * redactCall({ ...call, query: 'id=eq.7&api_token=eq.x' }).query // 'id=eq.7&api_token=%5Bredacted%5D'
 */
export function redactCall(call: Call): Call {
  const { at, actor, role, key, status, rows, durationMs } = call
  return {
    at: Number.isNaN(at.getTime()) ? new Date() : at,
    requestId: clean(call.requestId, 200),
    actor: actor && {
      ...actor,
      id: clean(actor.id, 200),
      ...(actor.name == null ? {} : { name: clean(actor.name, 200) }),
    },
    role: role === null ? null : clean(role, 200),
    key: key === null ? null : clean(key, 200),
    method: clean(call.method, 40),
    path: clean(call.path, longestPath),
    // Cut first: what looks for secrets takes its time, and anybody may send a long filter.
    query: clean(clean(call.query, longestQuery).split('&').map(redactParameter).join('&'), longestQuery),
    status: Number.isInteger(status) && status >= 0 && status < 1000 ? status : 0,
    rows: rows !== null && Number.isSafeInteger(rows) ? rows : null,
    durationMs: Number.isFinite(durationMs) ? Math.round(durationMs * 10) / 10 : 0,
  }
}

function redactParameter(parameter: string): string {
  const at = parameter.indexOf('=')
  if (at < 0) return parameter
  const value = parameter.slice(at + 1)
  // `and=(password.eq.x)`: a name inside of a value stands before a dot.
  const names = [decode(parameter.slice(0, at)), ...namesIn(decode(value))]
  return isKept(names, value) ? parameter : `${parameter.slice(0, at)}=%5Bredacted%5D`
}

/** A value under harmless names may still hold the password of an address. As JSON a character may take six bytes. */
function isKept(names: readonly string[], value: string): boolean {
  return !names.some(looksSecret) && redact(value, { maxBytes: longestQuery * 6 + 2 }) === value
}

// `orders.password` is a name of an embed's column, `data->>token` one of a field in JSON.
function namesIn(value: string): string[] {
  return value.startsWith('(')
    ? [...value.matchAll(/[(,.]\s*"?([\p{L}_][\p{L}\p{N}_]*)/gu)].map(([, name]) => name ?? '')
    : []
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}

// A zero character fits into no text of PostgreSQL.
function clean(text: string, longest: number): string {
  const whole = text.replaceAll('\0', '').toWellFormed()
  return whole.length > longest ? `${whole.slice(0, longest).toWellFormed()}…` : whole
}
