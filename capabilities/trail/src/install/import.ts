// History from elsewhere: other audit tools, another database. Kept apart by a flag that every reader shows.
import { Actor, parseJson, printJson } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { z } from 'zod'
import { trailErrors } from '../errors.ts'
import { parseKey } from '../key.ts'
import { findRelation, type Relation } from '../relation.ts'
import { translated } from './refusal.ts'

const time = z.string().regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/, 'an ISO 8601 time such as 2026-11-22T10:00:00Z')
// handed on as the very same object: its exact text travels with it
const row = z.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
)

/** One line of an import: a change as `history` prints it, with its operation. Ids of operations may be left out. */
const ImportedChange = z.object({
  entity: z.string().min(1),
  kind: z.enum(['insert', 'update', 'delete']),
  key: z.unknown(),
  before: row.nullish(),
  after: row.nullish(),
  at: time,
  operation: z
    .object({
      id: z.uuid().nullish(),
      actor: Actor.nullish(),
      procedure: z.string().nullish(),
      params: z.unknown(),
      reason: z.string().nullish(),
      source: z.string().nullish(),
      requestId: z.string().nullish(),
      at: time.nullish(),
    })
    .nullish(),
})

type ImportedChange = z.infer<typeof ImportedChange>

/** How many changes and operations came in. Operations that were imported before are left as they are. */
export type ImportReport = { changes: number; operations: number; skipped: number }

const batchSize = 1000

/**
 * Imports history, a JSON object a line (parsed or as text), in any order. All or nothing when `queryable` is a
 * transaction. Lines whose operation id was imported before are skipped, so that an import can be repeated.
 *
 * @throws TRAIL_IMPORT_LINE with the number of the line, TRAIL_NOT_TRACKED, TRAIL_KEY_SHAPE, TRAIL_NOT_PERMITTED
 */
export async function importHistory(
  queryable: Queryable,
  lines: Iterable<unknown> | AsyncIterable<unknown>,
): Promise<ImportReport> {
  return translated(async () => {
    const relations = new Map<string, Relation>()
    const report: ImportReport = { changes: 0, operations: 0, skipped: 0 }
    let batch: StoredLine[] = []
    let number = 0
    for await (const line of lines) {
      number += 1
      if (typeof line === 'string' && line.trim() === '') continue
      const change = parseLine(line, number)
      const relation = relations.get(change.entity) ?? (await findRelation(queryable, change.entity))
      relations.set(change.entity, relation)
      batch.push(await toStored(queryable, change, relation, number))
      if (batch.length >= batchSize) batch = await store(queryable, batch, report)
    }
    await store(queryable, batch, report)
    return report
  })
}

function parseLine(line: unknown, number: number): ImportedChange {
  let value: unknown = line
  if (typeof line === 'string') {
    try {
      value = parseJson(line)
    } catch (cause) {
      throw trailErrors.IMPORT_LINE({ number, problem: 'is not JSON' }, { cause })
    }
  }
  const parsed = ImportedChange.safeParse(value)
  if (parsed.success) return parsed.data
  throw trailErrors.IMPORT_LINE(
    { number, problem: z.prettifyError(parsed.error).replaceAll('\n', ' ') },
    { cause: parsed.error },
  )
}

type StoredLine = {
  at: string
  relation: number
  kind: string
  key: string | null
  before: string | null
  after: string | null
  operation: { id: string | null; group: string } & Record<string, string | null>
}

async function toStored(
  queryable: Queryable,
  change: ImportedChange,
  relation: Relation,
  number: number,
): Promise<StoredLine> {
  const { operation } = change
  const text = (value: unknown) => (value === null || value === undefined ? null : printJson(value))
  const facts = {
    actorType: operation?.actor?.type ?? 'system',
    actorId: operation?.actor?.id ?? 'import',
    actorName: operation?.actor?.name ?? null,
    procedure: operation?.procedure ?? null,
    params: text(operation?.params),
    reason: operation?.reason ?? null,
    source: operation?.source ?? 'system',
    requestId: operation?.requestId ?? null,
    at: operation?.at ?? change.at,
  }
  const id = operation?.id ?? null
  return {
    at: change.at,
    relation: relation.id,
    kind: change.kind.charAt(0),
    key: change.key === null || change.key === undefined ? null : await parseKey(queryable, relation, change.key),
    before: text(change.before),
    after: text(change.after),
    // lines without an id belong together when they say the same of their operation; without any, each is its own
    operation: { id, group: id ?? (operation ? printJson(facts) : `line ${number}`), ...facts },
  }
}

async function store(queryable: Queryable, batch: StoredLine[], report: ImportReport): Promise<[]> {
  if (batch.length === 0) return []
  const { rows } = await queryable.query<ImportReport>(importStatement, [JSON.stringify(batch)])
  const stored = rows[0] as ImportReport
  report.changes += Number(stored.changes)
  report.operations += Number(stored.operations)
  report.skipped += batch.length - Number(stored.changes)
  return []
}

// Imported ids are negative and follow the time of the change: history sorted by id stays sorted by time, and everything
// imported is older than anything captured.
const importStatement = `
  WITH line AS (
    SELECT * FROM json_to_recordset($1) AS line (at timestamptz, relation int, kind text, key text, before text, after text, operation json)),
  named AS (
    SELECT operation ->> 'group' AS name, coalesce((min(operation ->> 'id'))::uuid, steward.new_id()) AS id,
           (array_agg(operation))[1] AS facts
      FROM line GROUP BY 1),
  new_operation AS (
    SELECT * FROM named WHERE NOT EXISTS (SELECT FROM steward.operation WHERE operation.id = named.id)),
  stored_operation AS (
    INSERT INTO steward.part (at, id, imported, context, database_user)
    SELECT (facts ->> 'at')::timestamptz, id, true, (
             SELECT string_agg(coalesce(translate(facts ->> name, E'\\x1e\\x1f', '  '), ''), E'\\x1f' ORDER BY place)
               FROM unnest('{"",parentId,actorType,actorId,actorName,procedure,params,reason,source,requestId,runId,reverts,signature}'::text[])
                      WITH ORDINALITY AS field (name, place)),
           session_user
      FROM new_operation RETURNING id),
  stored_change AS (
    INSERT INTO steward.change (id, at, operation_id, relation_id, kind, imported, key, before, after)
    SELECT (extract(epoch FROM line.at) * 1000000)::bigint * 1024 + row_number() OVER (PARTITION BY line.at) - 4611686018427387904,
           line.at, new_operation.id, line.relation, line.kind, true, line.key, line.before, line.after
      FROM line JOIN new_operation ON new_operation.name = line.operation ->> 'group'
     ORDER BY line.at RETURNING id)
  SELECT (SELECT count(*) FROM stored_change) AS changes, (SELECT count(*) FROM stored_operation) AS operations`
