// The error codes of access, each with a hint.
import { defineErrors } from '@steward/base'

/**
 * What access refuses.
 *
 * @example
 * throw accessErrors.KEY_NOT_FOUND({ id: 'stw_7Fq2x9Lm' })
 */
export const accessErrors = defineErrors('ACCESS', {
  KEY_NOT_FOUND: {
    status: 404,
    message: ({ id }: { id: string }) => `There is no key "${id}".`,
    hint: 'List the keys with: steward access key list',
  },
})
