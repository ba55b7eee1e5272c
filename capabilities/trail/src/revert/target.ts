// What is to be reverted, and the changes that belong to it.
import type { Transaction } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { parseKey } from '../key.ts'
import { findRelation } from '../relation.ts'
import { completeUpdate } from '../update-sides.ts'
import { changesAfter, resolveMoment } from '../when.ts'
import type { StoredChange } from './net-effect.ts'
import type { FoundConflict } from './planned-revert.ts'
import type { RevertTarget } from './revert-target.ts'
import { nameToday, type Table } from './tables.ts'
import { valueToday } from './value-today.ts'
import { readValues, type Values } from './values.ts'

/** The changes of a target. */
export type TargetChanges = {
  relationIds: number[]
  /** Every record that it concerns, by each key that it had. */
  records: { relationId: number; key: string | null }[]
  /** The operations that are reverted; empty for a record that is set back to a moment. */
  operations: string[]
  changesOf(tables: Map<number, Table>): StoredChange[]
  /** What of a table cannot be reverted at all. */
  unrevertible(table: Table): FoundConflict[]
}

type ChangeRow = {
  id: string
  relationId: number
  kind: string
  key: string | null
  previousKey: string | null
  before: string | null
  after: string | null
  literalNulls: string[] | null
}

const kinds: Record<string, StoredChange['kind']> = { i: 'insert', u: 'update', d: 'delete', t: 'truncate' }

const changeColumns = `change.id::text AS id, change.relation_id AS "relationId", change.kind::text AS kind, change.key,
  change.previous_key AS "previousKey", change.before, change.after, change.literal_nulls AS "literalNulls"`

/** Reads the changes of a target, oldest first. Imported history is never reverted: it happened elsewhere. */
export async function readTarget(transaction: Transaction, target: RevertTarget): Promise<TargetChanges> {
  if (target.operation !== undefined) return operations(transaction, await operationTree(transaction, target.operation))
  if (target.change !== undefined) return oneChange(transaction, target.change)
  if (target.run !== undefined) return operations(transaction, await operationsOfRun(transaction, target.run))
  return record(transaction, target)
}

async function operationTree(transaction: Transaction, id: string): Promise<string[]> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw trailErrors.UNKNOWN_OPERATION({ id })
  const { rows } = await transaction.query<{ id: string }>(
    `WITH RECURSIVE tree (id) AS (
       SELECT operation.id FROM steward.operation WHERE operation.id = $1 AND NOT operation.imported
       UNION SELECT belonging.operation_id FROM tree JOIN steward.belonging ON belonging.parent_id = tree.id)
     SELECT id FROM tree`,
    [id],
  )
  if (rows.length === 0) throw trailErrors.UNKNOWN_OPERATION({ id })
  return rows.map((row) => row.id)
}

async function operationsOfRun(transaction: Transaction, run: string): Promise<string[]> {
  const { rows } = await transaction.query<{ id: string }>(
    'SELECT DISTINCT operation_id AS id FROM steward.belonging WHERE run_id = $1',
    [run],
  )
  if (rows.length === 0) throw trailErrors.UNKNOWN_OPERATION({ id: `of run ${run}` })
  return rows.map((row) => row.id)
}

async function operations(transaction: Transaction, ids: string[]): Promise<TargetChanges> {
  const { rows } = await transaction.query<ChangeRow>(
    `SELECT ${changeColumns} FROM steward.change WHERE operation_id = ANY ($1) AND NOT imported ORDER BY change.id`,
    [ids],
  )
  return toTarget(rows, ids)
}

async function oneChange(transaction: Transaction, id: string): Promise<TargetChanges> {
  if (!/^\d{1,18}$/.test(id)) throw trailErrors.UNKNOWN_CHANGE({ id })
  const { rows } = await transaction.query<ChangeRow & { operation: string }>(
    `SELECT ${changeColumns}, change.operation_id AS operation FROM steward.change WHERE id = $1 AND NOT imported`,
    [id],
  )
  if (!rows[0]) throw trailErrors.UNKNOWN_CHANGE({ id })
  return toTarget(rows, [rows[0].operation])
}

async function record(transaction: Transaction, { entity, key, to }: RevertTarget): Promise<TargetChanges> {
  if (entity === undefined || key === undefined || to === undefined) throw trailErrors.REVERT_TARGET()
  const relation = await findRelation(transaction, entity)
  const keyText = await parseKey(transaction, relation, key)
  const moment = await resolveMoment(transaction, to)
  const later = changesAfter(moment, 4)
  const found: ChangeRow[] = []
  let wanted: string | null = keyText
  let below: string | null = null
  // A record that was renamed since has its older changes under its older key.
  while (wanted !== null) {
    const { rows }: { rows: ChangeRow[] } = await transaction.query<ChangeRow>(
      `SELECT ${changeColumns} FROM steward.change
        WHERE relation_id = $1 AND key = $2 AND ($3::bigint IS NULL OR change.id < $3) AND NOT imported AND ${later.sql}
        ORDER BY change.id DESC`,
      [relation.id, wanted, below, ...later.values],
    )
    const renamed: number = rows.findIndex((row) => row.previousKey !== null)
    found.push(...(renamed < 0 ? rows : rows.slice(0, renamed + 1)))
    wanted = renamed < 0 ? null : (rows[renamed]?.previousKey ?? null)
    below = renamed < 0 ? null : (rows[renamed]?.id ?? null)
  }
  return toTarget(found.reverse(), [])
}

function toTarget(rows: ChangeRow[], ids: string[]): TargetChanges {
  return {
    relationIds: [...new Set(rows.map((row) => row.relationId))],
    records: rows.flatMap(({ relationId, key, previousKey }) => [
      { relationId, key: key ?? previousKey },
      ...(previousKey === null ? [] : [{ relationId, key: previousKey }]),
    ]),
    operations: ids,
    changesOf: (tables) =>
      rows.flatMap((row) => {
        const table = tables.get(row.relationId)
        return table ? [toChange(row, table)] : []
      }),
    unrevertible: (table) =>
      rows.filter((row) => row.relationId === table.relationId).flatMap((row) => unrevertible(row, table)),
  }
}

function toChange(row: ChangeRow, table: Table): StoredChange {
  const id = BigInt(row.id)
  const isUpdate = row.kind === 'u' && row.before !== null && row.after !== null
  const { before, after } = isUpdate ? completeUpdate(row.before as string, row.after as string) : row
  return {
    id,
    relationId: row.relationId,
    kind: kinds[row.kind] as StoredChange['kind'],
    key: row.key,
    previousKey: row.previousKey,
    before: withTodaysNames(table, id, readValues(row.key === null ? null : before, row.literalNulls, '-')),
    after: withTodaysNames(table, id, readValues(after, row.literalNulls, '+')),
  }
}

function withTodaysNames(table: Table, changeId: bigint, values: Values): Values {
  const today: Values = new Map()
  for (const [name, value] of values) {
    const current = nameToday(table, changeId, name)
    if (current === undefined) continue
    const shape = table.columns.get(current)?.shape
    today.set(current, value !== null && shape ? valueToday(shape, value) : value)
  }
  return today
}

function unrevertible(row: ChangeRow, table: Table): FoundConflict[] {
  if (row.key !== null) return []
  const isNote = row.kind === 't'
  if (isNote && (JSON.parse(row.before ?? '{}') as { policy?: string }).policy !== 'note') return []
  return [
    {
      table,
      key: null,
      column: null,
      wrote: null,
      now: null,
      since: null,
      reason: isNote ? 'not-recorded' : 'no-key',
      step: null,
      blocking: true,
    },
  ]
}
