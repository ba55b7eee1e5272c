// A page of changes, each with the operation that made it.
import type { Queryable } from '@steward/postgres'
import { type Change, type StoredChange, toChange } from '../change.ts'
import {
  contextColumns,
  epochSql,
  instantOf,
  type Operation,
  operationOfContext,
  type StoredContext,
  unknownOperation,
} from '../operation.ts'
import type { Relation } from '../relation.ts'
import { ask } from './ask.ts'

type FoundChange = Omit<StoredChange, 'relation_id' | 'literal_nulls'> & (StoredContext | { part_at: null })

/** A row of a page: a change, or nothing where the page is empty. */
export type PageRow = FoundChange | { id: null }

/** What is selected of `change` and its `part`. */
export const pageColumns = `change.id, ${epochSql('change.at')} AS at, change.xid, change.operation_id, change.kind, change.imported,
         change.key, change.previous_key, change.before, change.after, ${contextColumns('part')}`

/**
 * Joins `change` with the part of its operation. That is written by the first change of a transaction: it stands a little before each
 * of its changes. The bounds let PostgreSQL look into one month instead of all; in hours, since a day would ask for the
 * time zone's rules.
 */
export const partOfChangeSql = `LEFT JOIN LATERAL (
      SELECT part.at, part.context, part.database_user FROM steward.part
       WHERE part.id = change.operation_id AND part.xid = change.xid
         AND part.at >= change.at - interval '24 hours' AND part.at <= change.at + interval '1 minute'
       LIMIT 1) AS part ON true`

const operationStatement = {
  name: 'steward_operation_of_change',
  text: `
  SELECT change.id, change.operation_id, ${contextColumns('part')}
    FROM unnest($1::bigint[], $2::uuid[], $3::xid8[]) AS change (id, operation_id, xid)
   CROSS JOIN LATERAL (
     SELECT part.at, part.context, part.database_user FROM steward.part
      WHERE part.id = change.operation_id AND (part.xid = change.xid OR (change.xid IS NULL AND part.imported))
      LIMIT 1) AS part`,
}

/** Whether a text is the id of a change, by which a page begins. */
export function isChangeId(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
}

/** A page as readers see it. */
export async function presentPage(
  queryable: Queryable,
  relation: Relation,
  rows: readonly PageRow[],
): Promise<Change[]> {
  const changes = rows.filter((row) => row.id !== null)
  const farOff = await operationsFarOff(
    queryable,
    changes.filter((change) => change.part_at === null),
  )
  return changes.map((change) => {
    const at = instantOf(change.at)
    const near = change.part_at === null ? farOff.get(change.id) : operationOfContext(change.operation_id, change)
    return toChange({ ...change, at }, relation, near ?? unknownOperation(change.operation_id, at))
  })
}

// A transaction longer than a day, an imported operation, or a forged one.
async function operationsFarOff(queryable: Queryable, changes: FoundChange[]): Promise<Map<string, Operation>> {
  if (changes.length === 0) return new Map()
  const found = await ask<StoredContext & { id: string; operation_id: string }>(queryable, operationStatement, [
    changes.map(({ id }) => id),
    changes.map(({ operation_id }) => operation_id),
    changes.map(({ xid }) => xid),
  ])
  return new Map(found.map((row) => [row.id, operationOfContext(row.operation_id, row)]))
}
