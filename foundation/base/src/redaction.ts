// Makes any value safe to keep: no secrets, no cycles, never larger than asked.
import { isExactNumber, parseJson } from './exact-json.ts'
import { looksSecret } from './secret-keys.ts'

const redacted = '[redacted]'
const smallestBytes = 64
const maxDepth = 16
// Room that a list or an object keeps for the note on what is missing.
const noteBytes = 40

const urlPassword = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/?#@]*):[^\s@/]+@/gi
const bearer = /\b(Bearer|Basic)\s+[A-Za-z0-9+/_.~=-]{8,}/g
const plainText = /^[ !#-[\]-~]*$/
const encoder = new TextEncoder()

/** `left`: bytes of JSON still to be had. `fair`: no value takes more than half of what is left, unless it is the last. */
type Budget = { left: number; fair: boolean; wasCut: boolean; parents: Set<object> }

/**
 * A copy of any value that is safe to keep and to print as JSON. Values under keys that look secret (password, token,
 * authorization, cookie, apiKey …) and passwords in URLs become `[redacted]`; cycles, BigInt, dates, buffers, streams,
 * errors and throwing getters do no harm; and its JSON takes at most `maxBytes` bytes of UTF-8 (8192 unless given, 64
 * at least): what does not fit is cut and says so, the large before the small. Never throws.
 *
 * @example
 * redact({ email: 'a@b.c', password: 'x' }) // { email: 'a@b.c', password: '[redacted]' }
 */
export function redact(value: unknown, options: { maxBytes?: number } = {}): unknown {
  const maxBytes = Math.max(smallestBytes, options.maxBytes ?? 8192)
  const generous = { left: maxBytes, fair: false, wasCut: false, parents: new Set<object>() }
  const whole = copy(value, generous, 0) ?? null
  if (!generous.wasCut) return whole
  // One large value must not push out the small ones after it.
  return copy(value, { left: maxBytes, fair: true, wasCut: false, parents: new Set() }, 0) ?? null
}

function copy(value: unknown, budget: Budget, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return copyString(value, budget)
    case 'number':
      return spend(Number.isFinite(value) ? value : String(value), budget)
    case 'bigint':
      return spend(parseJson(String(value)), budget)
    case 'boolean':
      return spend(value, budget)
    case 'object':
      return value === null ? spend(null, budget) : copyObject(value, budget, depth)
    default:
      // undefined, functions and symbols: as in JSON they are left out.
      return undefined
  }
}

function copyObject(value: object, budget: Budget, depth: number): unknown {
  if (isExactNumber(value)) return spend(value, budget)
  if (budget.parents.has(value)) return spend('[circular]', budget)
  if (depth >= maxDepth) return spend('[too deep]', budget)
  budget.parents.add(value)
  const { left } = budget
  try {
    const plain = plainOf(value)
    if (typeof plain !== 'object' || plain === null) return copy(plain, budget, depth)
    return Array.isArray(plain) ? copyArray(plain, budget, depth) : copyFields(plain, budget, depth)
  } catch {
    // A getter, a proxy or a toJSON that throws.
    budget.left = left
    return spend('[unreadable]', budget)
  } finally {
    budget.parents.delete(value)
  }
}

/** What stands for an object that is more, or less, than its fields. */
function plainOf(value: object): unknown {
  if (Array.isArray(value)) return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`
  if (value instanceof Error) {
    const { name, message } = value
    return 'code' in value ? { name, code: value.code, message } : { name, message }
  }
  if (value instanceof Map) {
    return [...value.keys()].every((key) => typeof key === 'string') ? Object.fromEntries(value) : [...value]
  }
  if (value instanceof Set) return [...value]
  if (value instanceof RegExp || value instanceof URL) return String(value)
  if (hasMethod(value, 'pipe') || hasMethod(value, 'getReader')) return '[stream]'
  if (hasMethod(value, 'then')) return '[promise]'
  if (hasMethod(value, 'toJSON')) return value.toJSON()
  return value
}

function hasMethod<Name extends string>(value: object, name: Name): value is Record<Name, () => unknown> {
  return name in value && typeof (value as Record<string, unknown>)[name] === 'function'
}

function copyArray(value: unknown[], budget: Budget, depth: number): unknown {
  if (!open(budget)) return null
  const room: unknown[] = []
  for (let index = 0; index < value.length; index++) {
    if (budget.left < noteBytes * 2) {
      note(`[${value.length - index} more]`, (text) => room.push(text), budget)
      break
    }
    budget.left -= 1
    const isLast = index === value.length - 1
    room.push(share(budget, isLast, () => copy(value[index], budget, depth + 1) ?? spend(null, budget)))
  }
  return room
}

function copyFields(value: object, budget: Budget, depth: number): unknown {
  if (!open(budget)) return null
  const keys = Object.keys(value)
  const fields: [string, unknown][] = []
  for (const [index, key] of keys.entries()) {
    const keyBytes = bytesOf(key) + 2
    if (budget.left < keyBytes + noteBytes * 2) {
      note(`[${keys.length - index} more]`, (text) => fields.push(['…', text]), budget)
      break
    }
    const { left } = budget
    budget.left -= keyBytes
    const item = share(budget, index === keys.length - 1, () => copyField(value, key, budget, depth))
    if (item === undefined) budget.left = left
    else fields.push([key, item])
  }
  return Object.fromEntries(fields)
}

function copyField(value: object, key: string, budget: Budget, depth: number): unknown {
  let item: unknown
  try {
    item = (value as Record<string, unknown>)[key]
  } catch {
    return spend('[unreadable]', budget)
  }
  // That there is no password, or that there is one, is no secret.
  const canBeSecret = item !== null && item !== undefined && typeof item !== 'boolean'
  return canBeSecret && looksSecret(key) ? spend(redacted, budget) : copy(item, budget, depth + 1)
}

function open(budget: Budget): boolean {
  const fits = budget.left >= 2
  budget.left -= fits ? 2 : 0
  budget.wasCut ||= !fits
  return fits
}

function note(text: string, add: (text: string) => void, budget: Budget): void {
  budget.wasCut = true
  if (budget.left < noteBytes) return
  budget.left -= noteBytes
  add(text)
}

function share<Item>(budget: Budget, isLast: boolean, take: () => Item): Item {
  if (!budget.fair || isLast) return take()
  const kept = Math.floor(budget.left / 2)
  budget.left -= kept
  const item = take()
  budget.left += kept
  return item
}

function copyString(value: string, budget: Budget): unknown {
  // Nothing beyond the budget can be kept, so nothing beyond it need be looked at.
  const isTooLong = value.length > budget.left
  let text = isTooLong ? value.slice(0, budget.left) : value
  if (text.includes('://')) text = text.replace(urlPassword, `$1:${redacted}@`)
  if (text.includes('Bearer') || text.includes('Basic')) text = text.replace(bearer, `$1 ${redacted}`)
  if (!isTooLong && bytesOf(text) <= budget.left) return spend(text, budget)
  budget.wasCut = true
  const ending = `… [${value.length} characters]`
  // A character takes at most six bytes of JSON, most take one: shortened until it fits.
  let end = Math.min(text.length, budget.left)
  while (end > 0 && bytesOf(text.slice(0, end).toWellFormed() + ending) > budget.left) end = Math.floor(end * 0.8)
  return spend(text.slice(0, end).toWellFormed() + ending, budget)
}

/** Takes a small value's bytes off the budget; what does not fit becomes null, for which every list keeps room. */
function spend(value: unknown, budget: Budget): unknown {
  const cost = bytesOf(value)
  if (cost <= budget.left) {
    budget.left -= cost
    return value
  }
  budget.wasCut = true
  budget.left -= 4
  return null
}

function bytesOf(value: unknown): number {
  if (typeof value === 'string' && plainText.test(value)) return value.length + 2
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value).length
  return encoder.encode(JSON.stringify(value)).length
}
