// What a procedure of the service is called with: the JSON of the body, or, of one that reads, the query.
import { schemasOf } from '@steward/contract'
import type { ServiceProcedure, WebRequest } from '@steward/engine'
import { z } from 'zod'
import { entitiesErrors } from '../errors.ts'

/**
 * The input as it was sent; its shape is for the procedure to judge.
 *
 * @throws ENTITIES_PROCEDURE_BODY
 * @example
 * const input = readInput(refund, request)
 */
export function readInput(procedure: ServiceProcedure, { method, query, headers, body }: WebRequest): unknown {
  if (method === 'GET' || method === 'HEAD') return readQuery(procedure, query)
  const type = (headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? ''
  if (!/^application\/([\w.-]+\+)?json$/.test(type)) throw refused(`its content type is "${type.slice(0, 100)}"`)
  if (body === null || body.byteLength === 0) return {}
  return readBody(body)
}

function readBody(body: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    return JSON.parse(text, (_key, value: unknown) => {
      if (typeof value === 'number' && !isKept(value)) throw new TooLarge()
      return value
    })
  } catch (cause) {
    if (cause instanceof TooLarge) throw refused('it holds a whole number that would be rounded: send it as a text')
    // A stack overflow, where it is nested too deeply, is the request's fault as well.
    throw refused('it is not JSON in UTF-8')
  }
}

class TooLarge extends Error {}

/** Past this whole numbers are rounded without a word: the wrong order would be refunded. */
function isKept(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
}

function refused(problem: string) {
  return entitiesErrors.PROCEDURE_BODY({ problem })
}

type JsonSchema = { type?: string | string[]; anyOf?: JsonSchema[]; properties?: Record<string, JsonSchema> }

/** Everything in a query is text: a field becomes a number, a truth or a list where the input's schema says so. */
function readQuery({ promised }: ServiceProcedure, query: string): Record<string, unknown> {
  const fields = fieldsOf(schemasOf(promised).input)
  const texts = Map.groupBy(new URLSearchParams(query), ([name]) => name)
  return Object.fromEntries(
    [...texts].map(([name, pairs]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      return [
        name,
        readValues(
          field,
          pairs.map(([, text]) => text),
        ),
      ]
    }),
  )
}

function fieldsOf(input: unknown): Record<string, JsonSchema> {
  if (!(input instanceof z.ZodType)) return {}
  return (z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema).properties ?? {}
}

function readValues(field: JsonSchema | undefined, texts: string[]): unknown {
  const types = [field ?? {}, ...(field?.anyOf ?? [])].flatMap(({ type }) => type ?? [])
  if (types.includes('array')) return texts
  const [text = ''] = texts
  if (texts.length > 1) return texts
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  const isNumber = types.includes('number') || types.includes('integer')
  return isNumber && text.trim() !== '' && isKept(Number(text)) ? Number(text) : text
}
