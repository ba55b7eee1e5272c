// The errors of the client's own: what it knows before a request leaves, or where no answer of Steward's came back.
import { defineErrors } from '@steward/base'

/**
 * Every error that the client throws by itself; what the server refuses is a `CallError` with the server's own code.
 *
 * @example
 * throw sdkErrors.ENTITY_UNKNOWN({ entity: 'order' })
 */
export const sdkErrors = defineErrors('SDK', {
  UNREACHABLE: {
    status: 503,
    message: ({ url }: { url: string; problem: string }) => `Nobody answers at ${url}.`,
    details: ({ problem }: { url: string; problem: string }) => problem,
    hint: 'Check the url that createClient was given, and that `steward serve` runs there.',
  },
  NOT_STEWARD: {
    status: 502,
    message: ({ url, status }: { url: string; status: number }) => `${url} answered with ${status}, and no JSON.`,
    hint: 'Check the url that createClient was given: it ends with /api, as `steward serve` prints it.',
  },
  NOT_ROLLED_BACK: {
    status: 409,
    message: ({ url }: { url: string }) => `The server does not take dry runs: what was sent to ${url} has been done.`,
    hint: 'Serve without `--tx refuse`. What was done is in the trail, and can be reverted.',
  },
  ENTITY_UNKNOWN: {
    status: 404,
    message: ({ entity }: { entity: string }) => `There is no entity "${entity}", or this key may not see it.`,
    hint: 'List what there is with: (await client.meta()).entities',
  },
  SCAN_NO_KEY: {
    status: 400,
    message: ({ entity }: { entity: string }) => `"${entity}" has no key by which it could be read page by page.`,
    hint: 'Give columns that tell its records apart: scan(entity, { key: ["id"] })',
  },
  SCAN_KEY_NULL: {
    status: 409,
    message: ({ entity }: { entity: string }) => `Records of "${entity}" have no value in a column of its key.`,
    hint: 'Filter them out, or give other columns: scan(entity, { key: ["id"] })',
  },
})
