// What the answer will be: the first media type of the Accept header that this kind of target can be answered in.
import type { Settings } from '../../options.ts'
import { DialectError } from '../dialect-error.ts'
import type { AnswerFormat, Target } from '../dialect-request.ts'
import { type MediaType, readMediaType, writeMediaType } from './media-type.ts'

const ALWAYS: Record<string, AnswerFormat> = {
  '*/*': { kind: 'json' },
  'application/json': { kind: 'json' },
  'text/csv': { kind: 'csv' },
  'application/geo+json': { kind: 'geojson' },
}

// Whether a function returns such a thing is not known yet, so that everything else is preferred.
const OF_FUNCTIONS: Record<string, AnswerFormat> = {
  'text/plain': { kind: 'text' },
  'text/xml': { kind: 'text' },
  'application/octet-stream': { kind: 'binary' },
}

const OF_ROOT = new Set(['*/*', 'application/json', 'application/openapi+json'])

type FormatSettings = Pick<Settings, 'allowsPlan' | 'compat'>

/** @throws PGRST107 where there is none; it lists what was asked for, the most wanted first */
export function chooseFormat(accept: string | undefined, target: Target, settings: FormatSettings): AnswerFormat {
  const types = readAccept(accept)
  const format = target.kind === 'root' ? chooseForRoot(types) : chooseForRows(types, target, settings)
  if (format !== null) return format
  throw new DialectError({
    status: 406,
    code: 'PGRST107',
    message: `None of these media types are available: ${types.map(writeMediaType).join(', ')}`,
  })
}

/** What a client accepts, by weight, then the more exact first, then as it was written. */
export function readAccept(accept: string | undefined): MediaType[] {
  if (accept === undefined || accept.trim() === '') return [readMediaType('*/*')]
  return accept
    .split(',')
    .map((text) => text.replaceAll(' ', ''))
    .map((text) => {
      const at = text.indexOf(';q=')
      const type = at === -1 ? text : text.slice(0, at)
      return { type, weight: at === -1 ? 1 : readWeight(text.slice(at + 3)), exactness: exactnessOf(type) }
    })
    .sort((one, other) => other.weight - one.weight || other.exactness - one.exactness)
    .map(({ type }) => readMediaType(type))
}

function chooseForRoot(types: MediaType[]): AnswerFormat | null {
  return types.some((type) => type.kind === 'plain' && OF_ROOT.has(type.name)) ? { kind: 'openapi' } : null
}

function chooseForRows(types: MediaType[], target: Target, settings: FormatSettings): AnswerFormat | null {
  const found = types.map((type) => formatOf(type, settings)).find((format) => format !== null)
  if (found || target.kind !== 'function') return found ?? null
  const special = types.find((type) => type.kind === 'plain' && Object.hasOwn(OF_FUNCTIONS, type.name))
  return (special?.kind === 'plain' ? OF_FUNCTIONS[special.name] : null) ?? null
}

function formatOf(type: MediaType, settings: FormatSettings): AnswerFormat | null {
  const numbers = numbersOf(type, settings)
  switch (type.kind) {
    case 'object':
      return { kind: 'object', isNullsStripped: type.isNullsStripped, ...numbers }
    case 'array':
      return { kind: 'array', isNullsStripped: true, ...numbers }
    case 'plan':
      if (!settings.allowsPlan || formatOf(type.of, settings) === null) return null
      return { kind: 'plan', for: writeMediaType(type.of), options: type.options, format: type.format }
    case 'plain':
      if (type.name === 'application/json') return { kind: 'json', ...numbers }
      return Object.hasOwn(ALWAYS, type.name) ? (ALWAYS[type.name] ?? null) : null
  }
}

/** The pure dialect does not know it, and so it says nothing there. */
function numbersOf(type: MediaType, { compat }: FormatSettings): { hasTextNumbers?: boolean } {
  return compat === null && type.kind !== 'plan' && type.hasTextNumbers ? { hasTextNumbers: true } : {}
}

function readWeight(text: string): number {
  const weight = Number.parseFloat(text)
  return Number.isNaN(weight) ? 1 : weight
}

function exactnessOf(type: string): number {
  return type.split(';').length - type.split('*').length
}
