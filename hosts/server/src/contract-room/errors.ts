// What a room of procedures refuses before any procedure is asked.
import { defineErrors } from '@steward/base'

const didYouMean = (nearest: readonly string[]) => `Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`

/**
 * The refusals of rooms that serve procedures.
 *
 * @example
 * throw requestErrors.METHOD_NOT_ALLOWED({ method: 'PUT', path: '/history/orders', allowed: 'GET, HEAD, OPTIONS' })
 */
export const requestErrors = defineErrors('REQUEST', {
  ROUTE_UNKNOWN: {
    status: 404,
    message: ({ path }: { path: string; nearest: readonly string[] }) => `Nothing answers at "${path}" here.`,
    hint: ({ nearest }: { path: string; nearest: readonly string[] }) =>
      nearest.length > 0 ? didYouMean(nearest) : 'All routes are in /api/openapi.json.',
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: ({ method, path }: { method: string; path: string; allowed: string }) =>
      `"${path}" is not asked with ${method}.`,
    hint: ({ allowed }: { method: string; path: string; allowed: string }) => `Use one of: ${allowed}`,
  },
  ROLE_MISSING: {
    status: 403,
    message: 'This key or person has no role here, so that it may do nothing.',
    hint: 'Ask somebody who may give it a role.',
  },
  PATH_UNREADABLE: {
    status: 400,
    message: 'The path or the query is not percent-encoded UTF-8.',
    hint: 'Encode each part of the path and each value of the query (encodeURIComponent).',
  },
  FIELD_UNKNOWN: {
    status: 400,
    message: ({ name }: { name: string; nearest: readonly string[]; names: readonly string[] }) =>
      `There is no parameter "${name}" here.`,
    hint: ({ nearest, names }: { name: string; nearest: readonly string[]; names: readonly string[] }) => {
      if (nearest.length > 0) return didYouMean(nearest)
      return names.length > 0 ? `It takes: ${names.join(', ')}` : 'It takes none.'
    },
  },
  FIELD_REPEATED: {
    status: 400,
    message: ({ name }: { name: string }) => `The parameter "${name}" was given more than once.`,
    hint: 'Give it once.',
  },
  BODY_NOT_JSON: {
    status: 400,
    message: 'The body is not JSON.',
    details: ({ problem }: { problem: string }) => problem,
    hint: 'Send one JSON object in UTF-8, such as {"reason": "TICKET-42"}.',
  },
  BODY_NOT_OBJECT: {
    status: 400,
    message: 'The body is JSON, but no object.',
    hint: 'Send one JSON object, such as {"reason": "TICKET-42"}.',
  },
  BODY_TYPE: {
    status: 415,
    message: ({ type }: { type: string }) => `A body of the type "${type}" is not taken here.`,
    hint: 'Send JSON, with the header Content-Type: application/json.',
  },
  SWITCH_UNREADABLE: {
    status: 400,
    message: ({ name }: { name: string }) => `"${name}" is neither true nor false.`,
    hint: 'Write true or false, without quotation marks.',
  },
  REASON_UNREADABLE: {
    status: 400,
    message: 'The reason cannot be read.',
    hint: 'Percent-encode the header Steward-Reason (encodeURIComponent), or send "reason" in the body as a text.',
  },
})
