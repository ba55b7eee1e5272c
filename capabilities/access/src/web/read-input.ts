// Reads the JSON of a request to sign in.
import type { WebRequest } from '@steward/engine'
import type { z } from 'zod'
import { accessErrors } from '../errors.ts'

/**
 * The body in its shape. Only `application/json`: a form of a foreign page cannot send that without asking first.
 *
 * @throws ACCESS_INPUT_INVALID, which names fields and never their values
 */
export function readInput<Schema extends z.ZodType>({ headers, body }: WebRequest, schema: Schema): z.output<Schema> {
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw accessErrors.INPUT_INVALID({ problem: 'its Content-Type is not application/json' })
  }
  const parsed = schema.safeParse(parse(body))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const field = issue?.path.join('.') ?? ''
  throw accessErrors.INPUT_INVALID({ problem: field === '' ? 'it is no object' : `${field}: ${issue?.message}` })
}

function parse(body: Uint8Array | null): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array()))
  } catch {
    throw accessErrors.INPUT_INVALID({ problem: 'the body is no JSON' })
  }
}
