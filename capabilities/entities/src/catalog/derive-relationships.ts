// Which ways lead from table to table: derived from foreign keys, junctions, views and functions of rows.
import type { QualifiedName } from '@steward/postgres'
import type { ColumnPlaces } from './column-places.ts'
import type { ForeignKeyFact, FunctionFact, KeyFact, RelationFact } from './read-facts.ts'
import type { Relationship } from './schema-cache.ts'

type Direct = Extract<Relationship, { constraint: string }>
type ManyToMany = Extract<Relationship, { kind: 'many-to-many' }>

/** What relationships are derived from; `primaryKeys` are those of tables and views, by {@link keyOf}. */
export type RelationshipSources = {
  relations: readonly RelationFact[]
  keys: readonly KeyFact[]
  foreignKeys: readonly ForeignKeyFact[]
  functions: readonly FunctionFact[]
  places: ColumnPlaces
  primaryKeys: ReadonlyMap<string, readonly string[]>
}

/**
 * All ways between the exposed tables and views, by {@link keyOf} of where they begin, each list in the order in which an
 * ambiguity names them. A view has the relationships of the columns that it shows, and a junction, table or view, must be
 * exposed itself. A computed relationship takes the place of those that lead to a table of its name.
 */
export function deriveRelationships(sources: RelationshipSources): Map<string, Relationship[]> {
  const referring = referringRelationships(sources)
  const direct: Relationship[] = referring.flatMap((one) => [one, inverse(one)])
  const computed = computedRelationships(sources)
  const overridden = new Set(computed.map((one) => `${keyOf(one.origin)} ${keyOf(one.function)}`))
  const detected = [...direct, ...manyToMany(referring, sources.primaryKeys)].filter(
    ({ origin, target }) => !overridden.has(`${keyOf(origin)} ${keyOf(target)}`),
  )
  const byOrigin = Map.groupBy([...detected, ...computed], ({ origin }) => keyOf(origin))
  for (const list of byOrigin.values()) list.sort(inOrder)
  return byOrigin
}

/** A qualified name as the key of a map; no two names have the same one. */
export function keyOf({ schema, name }: QualifiedName): string {
  return JSON.stringify([schema, name])
}

/** From where a foreign key's columns are to where they refer: table to table, view to table, table to view, view to view. */
export function referringRelationships({
  keys,
  foreignKeys,
  places,
}: Pick<RelationshipSources, 'keys' | 'foreignKeys' | 'places'>): Direct[] {
  const unique = new Set(keys.map(({ table, columns }) => columnSet(table, columns)))
  return foreignKeys.flatMap(({ name, table, columns, target, targetColumns }) => {
    const kind = unique.has(columnSet(table, columns)) ? 'one-to-one' : 'many-to-one'
    const ends = places.of(target, targetColumns)
    return places.of(table, columns).flatMap((begin) =>
      ends.map(
        (end): Direct => ({
          kind,
          constraint: name,
          origin: nameOf(begin.relation),
          target: nameOf(end.relation),
          isSelf: begin.relation === end.relation,
          columns: begin.columns.map((origin, place) => ({ origin, target: end.columns[place] as string })),
        }),
      ),
    )
  })
}

function inverse({ kind, constraint, origin, target, isSelf, columns }: Direct): Direct {
  return {
    kind: kind === 'one-to-one' ? kind : 'one-to-many',
    constraint,
    origin: target,
    target: origin,
    isSelf,
    columns: columns.map((pair) => ({ origin: pair.target, target: pair.origin })),
  }
}

// Over each table or view whose key holds the columns of two foreign keys.
function manyToMany(referring: readonly Direct[], primaryKeys: RelationshipSources['primaryKeys']): ManyToMany[] {
  const legs = referring.filter(({ kind }) => kind === 'many-to-one')
  return [...Map.groupBy(legs, ({ origin }) => keyOf(origin))].flatMap(([junction, ways]) => {
    const key = new Set(primaryKeys.get(junction))
    const inKey = ways.filter(({ columns }) => columns.every(({ origin }) => key.has(origin)))
    return inKey.flatMap((here) =>
      inKey.filter((there) => there.constraint !== here.constraint).map((there) => throughJunction(here, there)),
    )
  })
}

function throughJunction(here: Direct, there: Direct): ManyToMany {
  return {
    kind: 'many-to-many',
    origin: here.target,
    target: there.target,
    isSelf: keyOf(here.target) === keyOf(there.target),
    junction: here.origin,
    constraints: [here.constraint, there.constraint],
    originColumns: here.columns.map(({ origin, target }) => ({ origin: target, junction: origin })),
    targetColumns: there.columns.map(({ origin, target }) => ({ target, junction: origin })),
  }
}

function computedRelationships({ relations, functions }: RelationshipSources) {
  const exposed = new Set(relations.map(keyOf))
  return functions.flatMap(({ schema, name, rowOf, table, isOneRow }) => {
    if (!rowOf || !table || !exposed.has(keyOf(rowOf)) || !exposed.has(keyOf(table))) return []
    return {
      kind: 'computed' as const,
      function: { schema, name },
      origin: rowOf,
      target: table,
      isSelf: keyOf(rowOf) === keyOf(table),
      isToOne: isOneRow,
    }
  })
}

const kinds = ['one-to-many', 'many-to-one', 'one-to-one', 'many-to-many', 'computed']

// Clients compare the list of an ambiguity whole: by target, then kind, then constraint or junction, then columns.
function inOrder(a: Relationship, b: Relationship): number {
  const left = rank(a)
  const right = rank(b)
  for (const [place, text] of left.entries()) {
    const other = right[place] as string
    if (text !== other) return text < other ? -1 : 1
  }
  return 0
}

function rank(one: Relationship): string[] {
  const begin = [one.target.schema, one.target.name, one.isSelf ? '1' : '0', String(kinds.indexOf(one.kind))]
  if (one.kind === 'computed') return [...begin, one.function.schema, one.function.name, '', '']
  if (one.kind !== 'many-to-many') return [...begin, one.constraint, JSON.stringify(one.columns), '', '']
  const columns = JSON.stringify([one.originColumns, one.targetColumns])
  return [...begin, one.junction.schema, one.junction.name, one.constraints.join('\0'), columns]
}

function nameOf({ schema, name }: QualifiedName): QualifiedName {
  return { schema, name }
}

function columnSet(table: number, columns: readonly number[]): string {
  return [table, ...columns.toSorted((a, b) => a - b)].join(' ')
}
