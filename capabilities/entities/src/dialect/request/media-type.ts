// Media types as the dialect writes and understands them.
import type { PlanOptions } from '../dialect-request.ts'

/** A media type; those with a `kind` of their own have parameters that mean something. */
export type MediaType =
  | { kind: 'plain'; name: string; hasTextNumbers?: boolean }
  | { kind: 'object'; isNullsStripped: boolean; hasTextNumbers?: boolean }
  | { kind: 'array'; hasTextNumbers?: boolean }
  | { kind: 'plan'; of: MediaType; options: PlanOptions['options']; format: PlanOptions['format'] }

const PLAN_OPTIONS = ['analyze', 'verbose', 'settings', 'buffers', 'wal'] as const

/** Parameters that mean nothing here, a charset for one, are dropped. */
export function readMediaType(text: string): MediaType {
  const [first = '', ...all] = text.split(';').map((part) => part.trim())
  const name = first.toLowerCase()
  const parameters = all.filter((parameter) => parameter !== 'numbers=string')
  const numbers = parameters.length < all.length ? { hasTextNumbers: true } : {}
  const isNullsStripped = parameters[0] === 'nulls=stripped'
  switch (name) {
    case '':
      return { kind: 'plain', name: '*/*' }
    case 'application/vnd.pgrst.object':
    case 'application/vnd.pgrst.object+json':
      return { kind: 'object', isNullsStripped, ...numbers }
    case 'application/vnd.pgrst.array':
    case 'application/vnd.pgrst.array+json':
      return isNullsStripped ? { kind: 'array', ...numbers } : { kind: 'plain', name: 'application/json', ...numbers }
    case 'application/vnd.pgrst.plan':
    case 'application/vnd.pgrst.plan+text':
      return readPlan(parameters, 'text')
    case 'application/vnd.pgrst.plan+json':
      return readPlan(parameters, 'json')
    default:
      return { kind: 'plain', name, ...numbers }
  }
}

/** As it is written in a header. */
export function writeMediaType(type: MediaType): string {
  switch (type.kind) {
    case 'plain':
      return type.name
    case 'object':
      return `application/vnd.pgrst.object+json${type.isNullsStripped ? ';nulls=stripped' : ''}`
    case 'array':
      return 'application/vnd.pgrst.array+json;nulls=stripped'
    case 'plan': {
      const options = type.options.length > 0 ? `; options=${type.options.join('|')}` : ''
      return `application/vnd.pgrst.plan+${type.format}; for="${writeMediaType(type.of)}"${options}`
    }
  }
}

// What the plan is of stands in quotes and may have parameters itself, so that it is cut out before the rest is read.
function readPlan(parameters: string[], format: PlanOptions['format']): MediaType {
  const all = parameters.join(';')
  const of = /(?:^|;)for="?([^";]*(?:;nulls=stripped)?)/.exec(all)?.[1] ?? ''
  const asked = /(?:^|;)options=([^;]*)/.exec(all)?.[1]?.split('|') ?? []
  const plannedFor = readMediaType(of === '' ? 'application/json' : of)
  return {
    kind: 'plan',
    of: plannedFor.kind === 'plan' ? { kind: 'plain', name: 'application/json' } : plannedFor,
    options: PLAN_OPTIONS.filter((option) => asked.includes(option)),
    format,
  }
}
