// What can be wrong with what is to be instrumented.
import { defineErrors } from '@steward/base'

/** Errors of `instrument`. */
export const instrumentErrors = defineErrors('TRAIL', {
  CANNOT_INSTRUMENT: {
    status: 400,
    message: ({ given }: { given: string }) => `The trail cannot be instrumented into ${given}.`,
    hint: 'Give a Pool or a Client of node-postgres (pg 8.23 or newer, not pg-native), the pg module itself, or a TypeORM DataSource of type postgres.',
  },
})
