// Which records are among the rows that a role sees: by the row as it is, and by everything that it is known to have been.

import type { Queryable } from '@steward/postgres'
import { ask } from '../read/ask.ts'
import { askInStep } from '../read/past.ts'
import { readableJson } from '../read/readable-json.ts'
import type { SeenRelation } from './sight.ts'

/**
 * Those of the keys whose records the role sees. A record is seen when the row, or the whole row that the trail has of it
 * when it is gone, fits the filter, and no value that it is known to have had does not: what once belonged to somebody else
 * is theirs whole, whatever keys it had. Of a table that is off the trail, and of one without key, no record is seen. Four
 * statements at most, however many keys there are.
 */
export async function visibleRecords(
  queryable: Queryable,
  seen: SeenRelation,
  keys: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const asked = new Set(keys)
  if (!seen.canRead) return new Set()
  if (seen.where.length === 0 || asked.size === 0) return asked
  const { relation } = seen
  if (!relation.isTracked || seen.where.some(({ type }) => type === null)) return new Set()
  const lives = await livesOf(queryable, relation.id, asked, relation.hasTurns)
  const accepted = await acceptedTexts(queryable, seen)
  const known = new Map<string, Known>()
  for (const row of await knownValues(queryable, seen, [...lives.keys()])) {
    const life = lives.get(row.key) as string
    const found = known.get(life) ?? { isWhole: false, isRefused: false, places: new Set() }
    known.set(life, found)
    found.places.add(Number(row.place))
    if (row.is_whole === 't') found.isWhole = true
    if (!accepted[Number(row.place)]?.has(row.value)) found.isRefused = true
  }
  return new Set(
    [...asked].filter((key) => {
      const life = known.get(lives.get(key) as string)
      return life !== undefined && life.isWhole && !life.isRefused && life.places.size === seen.where.length
    }),
  )
}

type Known = { isWhole: boolean; isRefused: boolean; places: Set<number> }

const turnsStatement = {
  name: 'steward_seen_turns',
  text: `
  WITH RECURSIVE reached (key) AS (
    SELECT wanted.key COLLATE "C" FROM unnest($2::text[]) AS wanted (key)
    UNION
    SELECT neighbour.key FROM reached CROSS JOIN LATERAL (
      SELECT turn.previous_key AS key FROM steward.turn
       WHERE turn.relation_id = $1::integer AND turn.key = reached.key AND turn.previous_key IS NOT NULL
      UNION ALL
      SELECT turn.key FROM steward.turn
       WHERE turn.relation_id = $1::integer AND turn.previous_key = reached.key AND turn.key IS NOT NULL) AS neighbour)
  SELECT DISTINCT turn.previous_key AS one, turn.key AS other
    FROM reached JOIN steward.turn ON turn.relation_id = $1::integer AND turn.key = reached.key
   WHERE turn.previous_key IS NOT NULL`,
}

/** Every key that these records had, with one key that stands for all keys of the same record. */
async function livesOf(
  queryable: Queryable,
  relationId: number,
  keys: ReadonlySet<string>,
  hasTurns: boolean,
): Promise<Map<string, string>> {
  const parents = new Map([...keys].map((key) => [key, key]))
  if (!hasTurns) return parents
  const standFor = (key: string): string => {
    let found = key
    while (parents.get(found) !== found) {
      const parent = parents.get(found)
      if (parent === undefined) {
        parents.set(found, found)
        break
      }
      // Halves the way for those who come after.
      parents.set(found, parents.get(parent) ?? parent)
      found = parent
    }
    return found
  }
  for (const { one, other } of await ask<{ one: string; other: string }>(queryable, turnsStatement, [
    relationId,
    [...keys],
  ])) {
    parents.set(standFor(one), standFor(other))
  }
  return new Map([...parents.keys()].map((key) => [key, standFor(key)]))
}

/** For each condition the texts, as the trail writes them, of the values that it accepts; null is SQL's NULL. */
async function acceptedTexts(queryable: Queryable, { where }: SeenRelation): Promise<ReadonlySet<string | null>[]> {
  const accepted: Set<string | null>[] = []
  for (const { type, values } of where) {
    const texts = values.filter((value) => value !== null)
    // The type is PostgreSQL's own name for it, from the catalog.
    const rows = await ask<{ text: string }>(
      queryable,
      { text: `SELECT to_json(wanted.value::${type}) #>> '{}' AS text FROM unnest($1::text[]) AS wanted (value)` },
      [texts],
    )
    accepted.push(
      new Set<string | null>([...rows.map(({ text }) => text), ...values.filter((value) => value === null)]),
    )
  }
  return accepted
}

type KnownRow = { key: string; place: string; value: string | null; is_whole: 't' | 'f' }

// An update has on both sides what it changed, and leaves out what was null.
function knownSql(relationId: number): string {
  const side = (column: string) =>
    `(CASE WHEN change.kind <> 'u' OR strpos(change.${column}, to_json(field.name)::text) > 0
           THEN ${readableJson(`change.${column}`)} -> field.name END)`
  return `
  WITH change AS (
    SELECT change.key, change.kind, change.before, change.after FROM steward.change
     WHERE change.relation_id = $1::integer AND change.key = ANY ($2::text[])
    UNION ALL
    SELECT change.previous_key, change.kind, change.before, change.after FROM steward.turned_change AS change
     WHERE change.relation_id = $1::integer AND change.previous_key = ANY ($2::text[])),
  known AS (
    SELECT change.key, change.kind, field.place, side.before #>> '{}' AS before, side.after #>> '{}' AS after,
           side.before IS NOT NULL AS has_before, side.after IS NOT NULL AS has_after
      FROM change CROSS JOIN unnest($3::text[], $4::integer[]) AS field (name, place)
      CROSS JOIN LATERAL (SELECT ${side('before')} AS before, ${side('after')} AS after) AS side
     WHERE side.before IS NOT NULL OR side.after IS NOT NULL)
  SELECT known.key, known.place, value.text AS value, bool_or(known.kind <> 'u') AS is_whole
    FROM known CROSS JOIN LATERAL (
      SELECT known.before AS text WHERE known.has_before OR known.kind = 'u'
      UNION ALL
      SELECT known.after WHERE known.has_after OR known.kind = 'u') AS value
   GROUP BY 1, 2, 3
  UNION ALL
  SELECT steward_now.key, field.place, ${readableJson('steward_now.record')} ->> field.name, true
    FROM steward.rows_${relationId}($2::text[]) AS steward_now
    CROSS JOIN unnest($5::text[]) WITH ORDINALITY AS today (name, number)
    CROSS JOIN LATERAL (SELECT today.name, today.number::integer - 1 AS place) AS field
   WHERE (${readableJson('steward_now.record')} -> field.name) IS NOT NULL`
}

async function knownValues(queryable: Queryable, seen: SeenRelation, keys: string[]): Promise<KnownRow[]> {
  const { relation, where } = seen
  const fields = where.flatMap(({ names }, place) => names.map((name) => ({ name, place })))
  return askInStep<KnownRow>(queryable, relation, { text: knownSql(relation.id) }, [
    relation.id,
    keys,
    fields.map(({ name }) => name),
    fields.map(({ place }) => place),
    where.map(({ names }) => names[0]),
  ])
}
