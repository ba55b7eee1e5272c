// What the trail's own SQL refuses, as an error people can act on.
import { translatePostgresError } from '@steward/postgres'
import { trailErrors } from '../errors.ts'

const refusals = new Set(['42809', '0A000', '42703', '54000', '55000', '42804', '22023'])

/** Runs `work` and translates what PostgreSQL throws: a missing schema, a missing right, a refusal of the trail's functions. */
export async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw toTrailError(error)
  }
}

function toTrailError(error: unknown): unknown {
  const { code, message, hint, where } = error as { code?: string; message?: string; hint?: string; where?: string }
  if (code === '3F000' || (code === '42P01' && /steward\./.test(message ?? ''))) {
    return trailErrors.NOT_INSTALLED({}, { cause: error })
  }
  // The schema is there, or it would have been missed first.
  if (code === '42883' && /steward\./.test(message ?? '')) return trailErrors.OUTDATED({}, { cause: error })
  if (code === '42501') return trailErrors.NOT_PERMITTED({ message: message ?? '' }, { cause: error })
  if (code && refusals.has(code) && /steward\./.test(where ?? '')) {
    return trailErrors.REFUSED({ message: message ?? '', hint: hint ?? 'See: steward trail doctor' }, { cause: error })
  }
  return translatePostgresError(error)
}
