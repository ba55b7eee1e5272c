// What the routes of Steward's own have in common: which methods they answer, what they read, how they answer in JSON.
import { parseJson, printJson } from '@steward/base'
import type { WebAnswer, WebRequest } from '@steward/engine'
import type { z } from 'zod'
import { entitiesErrors } from './errors.ts'

/** @throws ENTITIES_ROUTE_METHOD */
export function demandMethod({ method, path }: WebRequest, allowed: readonly string[]): void {
  if (!allowed.includes(method)) throw entitiesErrors.ROUTE_METHOD({ method, path: path.slice(0, 200), allowed })
}

/** @throws ENTITIES_ROUTE_UNKNOWN for a path that goes on where a route has ended. */
export function demandNoMore({ path }: WebRequest, rest: readonly string[]): void {
  if (rest.length > 0) throw entitiesErrors.ROUTE_UNKNOWN({ path: path.slice(0, 200) })
}

/**
 * The body as the schema has it; what it leaves open keeps its numbers to the last digit.
 *
 * @throws ENTITIES_BODY_INVALID
 */
export function readJsonBody<Shape extends z.ZodType>({ body }: WebRequest, shape: Shape): z.output<Shape> {
  const parsed = shape.safeParse(parseBody(body))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  throw entitiesErrors.BODY_INVALID({ problems })
}

/** An answer in JSON, as `printJson` prints it. */
export function answerJson(status: number, value: unknown): WebAnswer {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: printJson(value) }
}

function parseBody(body: Uint8Array | null): unknown {
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array()))
  } catch {
    throw entitiesErrors.BODY_INVALID({ problems: ['it is no JSON'] })
  }
}
