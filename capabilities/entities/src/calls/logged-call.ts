// A call as the log shows it; safe in a browser.
import { Actor } from '@steward/base'
import { z } from 'zod'

/**
 * One request to a room, as it was answered.
 *
 * @example
 * const isRefused = ({ status }: LoggedCall) => status >= 400
 */
export const LoggedCall = z.object({
  id: z.string(),
  at: z.iso.datetime({ offset: true }),
  requestId: z.string(),
  actor: Actor.nullable(),
  role: z.string().nullable(),
  key: z.string().nullable().describe('The visible part of the API key'),
  method: z.string(),
  path: z.string(),
  query: z.string().describe('The filter, percent-encoded; secrets are redacted'),
  status: z.number().int(),
  rows: z.number().int().nullable(),
  durationMs: z.number(),
})

/** One request to a room, as it was answered. */
export type LoggedCall = z.infer<typeof LoggedCall>

const text = z.string().regex(/^[^\0]{1,1000}$/)

/** Which calls are asked for; all that is given must fit. */
export const CallFilter = z.object({
  actor: text.optional().describe('only of this actor, by id'),
  key: text.optional().describe('only with this key, by its visible part'),
  entity: text.optional().describe('only of this entity'),
  path: text.optional().describe('only below this path, as /api/orders'),
  method: z
    .string()
    .regex(/^[A-Z]{1,20}$/)
    .optional()
    .describe('only with this method, as PATCH'),
  status: z
    .string()
    .regex(/^[1-5](\d\d|xx)$/)
    .optional()
    .describe('only with this status, as 404 or 5xx'),
  from: z.iso.datetime({ offset: true }).optional().describe('only from this time on'),
  to: z.iso.datetime({ offset: true }).optional().describe('only before this time'),
  limit: z.coerce.number().int().min(1).max(1000).default(50).describe('at most so many calls'),
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .describe('only calls before this one, by its id: the next page'),
})

/** Which calls are asked for, parsed. */
export type CallFilter = z.infer<typeof CallFilter>
