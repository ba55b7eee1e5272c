// History from elsewhere: other audit tools, another database. Kept apart by a flag that every reader shows.
import { Actor, parseJson, printJson, timeOrderedId } from '@steward/base'
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
  key: z.unknown().optional(),
  before: row.nullish(),
  after: row.nullish(),
  at: time,
  operation: z
    .object({
      id: z.uuid().nullish(),
      actor: Actor.nullish(),
      procedure: z.string().nullish(),
      params: z.unknown().optional(),
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
    const known: Known = { operations: new Map(), begun: new Set(), places: new Map() }
    let batch: StoredLine[] = []
    let number = 0
    for await (const line of lines) {
      number += 1
      if (typeof line === 'string' && line.trim() === '') continue
      const change = parseLine(line, number)
      const relation = relations.get(change.entity) ?? (await findRelation(queryable, change.entity))
      relations.set(change.entity, relation)
      batch.push(await toStored(queryable, change, { relation, known }))
      if (batch.length >= batchSize) batch = await store(queryable, batch, { report, known })
    }
    await store(queryable, batch, { report, known })
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

/** What of the lines so far matters for those to come: an operation may go on in the next batch. */
type Known = {
  /** Their ids, by what lines say of operations that have none. */
  operations: Map<string, string>
  /** The ids of those that this import has begun to store. */
  begun: Set<string>
  /** How many changes there were at each time. */
  places: Map<string, number>
}

type StoredLine = {
  at: string
  /** Among the changes of the same time, in the order of the lines. */
  place: number
  relation: number
  kind: string
  key: string | null
  before: string | null
  after: string | null
  operation: { id: string } & Record<string, string | null>
}

async function toStored(
  queryable: Queryable,
  change: ImportedChange,
  { relation, known }: { relation: Relation; known: Known },
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
  const moment = momentOf(change.at)
  const place = (known.places.get(moment) ?? 0) + 1
  known.places.set(moment, place)
  return {
    at: change.at,
    place,
    relation: relation.id,
    kind: change.kind.charAt(0),
    key: change.key === null || change.key === undefined ? null : await parseKey(queryable, relation, change.key),
    before: text(change.before),
    after: text(change.after),
    // lines without an id belong together when they say the same of their operation; without any, each is its own
    operation: { id: operation?.id ?? (operation ? idOf(known, printJson(facts)) : timeOrderedId()), ...facts },
  }
}

/** The same of every way to write a time, to the microsecond; a time without a zone is only like another one without. */
function momentOf(text: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))? ?(Z|[+-]\d\d(?::?\d\d)?)?$/i.exec(
    text.trim(),
  )
  const [, day, time, fraction = '', zone] = parts ?? []
  if (day === undefined || zone === undefined) return text.replace(' ', 'T')
  const offset = zone.length === 3 ? `${zone}:00` : zone.replace(/^(.\d\d)(\d\d)$/, '$1:$2')
  return `${Date.parse(`${day}T${time}${offset.toUpperCase()}`)} ${fraction.padEnd(6, '0').slice(0, 6)}`
}

function idOf({ operations }: Known, said: string): string {
  const id = operations.get(said) ?? timeOrderedId()
  operations.set(said, id)
  return id
}

async function store(
  queryable: Queryable,
  batch: StoredLine[],
  { report, known }: { report: ImportReport; known: Known },
): Promise<[]> {
  if (batch.length === 0) return []
  const goingOn = [...new Set(batch.map(({ operation }) => operation.id))].filter((id) => known.begun.has(id))
  const { rows } = await queryable.query<Stored>(importStatement, [JSON.stringify(batch), goingOn])
  const stored = rows[0] as Stored
  for (const id of stored.begun) known.begun.add(id)
  report.changes += Number(stored.changes)
  report.operations += stored.begun.length
  report.skipped += batch.length - Number(stored.changes)
  return []
}

type Stored = { changes: string; begun: string[] }

// Imported ids are negative and follow the time of the change: history sorted by id stays sorted by time, and everything
// imported is older than anything captured.
const importStatement = `
  WITH line AS (
    SELECT * FROM json_to_recordset($1) AS line (at timestamptz, place int, relation int, kind text, key text, before text, after text, operation json)),
  named AS (
    SELECT (operation ->> 'id')::uuid AS id, (array_agg(operation))[1] AS facts FROM line GROUP BY 1),
  new_operation AS (
    SELECT * FROM named WHERE NOT EXISTS (SELECT FROM steward.operation WHERE operation.id = named.id)),
  -- Of a part that was stored with an earlier batch the changes are still new.
  ours AS (SELECT id FROM new_operation UNION SELECT unnest($2::uuid[])),
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
    SELECT (extract(epoch FROM line.at) * 1000000)::bigint * 1024 + line.place - 4611686018427387904,
           line.at, ours.id, line.relation, line.kind, true, line.key, line.before, line.after
      FROM line JOIN ours ON ours.id = (line.operation ->> 'id')::uuid
     ORDER BY line.at, line.place RETURNING id)
  SELECT (SELECT count(*) FROM stored_change) AS changes, array(SELECT id::text FROM stored_operation) AS begun`
