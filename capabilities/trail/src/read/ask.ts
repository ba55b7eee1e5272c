// Runs one statement of a reader: prepared under its name, every value as PostgreSQL's own text, errors in the trail's words.
import { isStewardError } from '@steward/base'
import { type Queryable, translatePostgresError } from '@steward/postgres'
import { trailErrors } from '../errors.ts'

/** A statement with the name under which a connection keeps it prepared; without a name it is planned each time. */
export type Statement = { name?: string; text: string }

type Row = Record<string, string | null>
type Prepared = Statement & { values: unknown[]; types: { getTypeParser(): (text: string) => string } }
type PreparedQueryable = { query(statement: Prepared): Promise<{ rows: Row[] }> }

// A service may have told pg to turn numerics into floats: its parsers stay out of the way.
const asText = { getTypeParser: () => (text: string) => text }

/**
 * Runs a statement; all values of its rows are texts or null.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_OUTDATED, TRAIL_NOT_PERMITTED, or what PostgreSQL's error translates to.
 */
export async function ask<Result extends { [Column in keyof Result]: string | null }>(
  queryable: Queryable,
  statement: Statement,
  values: unknown[],
): Promise<Result[]> {
  try {
    const { rows } = await (queryable as unknown as PreparedQueryable).query({ ...statement, values, types: asText })
    return rows as unknown as Result[]
  } catch (error) {
    throw inTheTrailsWords(error, statement)
  }
}

function inTheTrailsWords(error: unknown, { name }: Statement): unknown {
  if (isStewardError(error) || !(error instanceof Error)) return error
  const { code, message } = error as Error & { code?: string }
  // A statement with a name asks the trail's own tables alone; others name records of the service as `steward_row`.
  const isOurs = name !== undefined || (/\bsteward\b/.test(message) && !/steward_row/.test(message))
  if (isOurs && (code === '3F000' || code === '42P01')) return trailErrors.NOT_INSTALLED({}, { cause: error })
  // The schema is there, or it would have been missed first.
  if (isOurs && (code === '42883' || code === '42703')) return trailErrors.OUTDATED({}, { cause: error })
  if (code === '42501') return trailErrors.NOT_PERMITTED({ message }, { cause: error })
  return translatePostgresError(error)
}
