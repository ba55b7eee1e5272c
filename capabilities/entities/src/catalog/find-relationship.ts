// Finds the one way from a table to what is to be embedded, or refuses with the ways that there are.
import type { QualifiedName } from '@steward/postgres'
import { DialectError } from '../dialect/dialect-error.ts'
import { byLikeness, looseLikeness, nearestByLikeness } from './likeness.ts'
import type { Relationship, SchemaCache } from './schema-cache.ts'

/** What the request says of an embed: `relation!hint`. */
export type SoughtEmbed = { relation: string; hint: string | null }

type Detected = Exclude<Relationship, { kind: 'computed' }>

/**
 * The relationship that an embed means. `relation` is a table or view, a function of the row, and where no hint is given
 * also a foreign key or its one column; `hint` is a foreign key, its one column on either side, or a junction. Only what
 * lies in the schema of the request is found.
 *
 * @throws PGRST200 when none is meant, PGRST201 when several are.
 */
export function findRelationship(
  cache: SchemaCache,
  origin: QualifiedName,
  embed: SoughtEmbed,
  schema: string,
): Relationship {
  const computed = findComputed(cache.relationships(origin), embed.relation, schema)
  if (computed) return computed
  const detected = cache.relationships(origin).filter((one): one is Detected => {
    return one.kind !== 'computed' && one.target.schema === schema
  })
  const meant = detected.filter((one) => isMeant(cache, one, embed))
  // Beyond the reference, which knows no way to name a foreign key of a table to itself: the name means what it refers to.
  const found = meant.length > 0 ? meant : detected.filter((one) => isSelfByConstraint(one, embed))
  const [only] = found
  if (!only) throw relationshipNotFound(cache, origin, embed, schema)
  if (found.length > 1) throw relationshipAmbiguous(origin, embed, found)
  return only
}

// A function of the row is called by name alone; that of the schema of the request comes before those of the search path.
function findComputed(ways: readonly Relationship[], relation: string, schema: string): Relationship | undefined {
  const ofName = ways.filter((one) => one.kind === 'computed').filter((one) => one.function.name === relation)
  return ofName.find((one) => one.function.schema === schema) ?? ofName[0]
}

function isMeant(cache: SchemaCache, one: Detected, { relation, hint }: SoughtEmbed): boolean {
  const isTarget = one.target.name === relation
  if (one.isSelf) {
    // One foreign key makes two ways from a table to itself: the table means those that refer, the column what it refers to.
    if (hint !== null) return isTarget && one.kind === 'one-to-many' && isOnlyColumn(one, 'target', hint)
    return one.kind === 'one-to-many' ? isTarget : one.kind === 'many-to-one' && isOnlyColumn(one, 'origin', relation)
  }
  if (hint === null) {
    if (isTarget) return true
    return !isView(cache, one.target) && (isConstraint(one, relation) || isOnlyColumn(one, 'origin', relation))
  }
  if (!isTarget) return false
  if (one.kind === 'many-to-many') return one.junction.name === hint
  return isConstraint(one, hint) || isOnlyColumn(one, 'origin', hint) || isOnlyColumn(one, 'target', hint)
}

function isSelfByConstraint(one: Detected, { relation, hint }: SoughtEmbed): boolean {
  if (!one.isSelf || one.kind !== 'many-to-one') return false
  return hint === null ? one.constraint === relation : one.target.name === relation && one.constraint === hint
}

function isConstraint(one: Detected, name: string): boolean {
  return one.kind !== 'many-to-many' && one.constraint === name
}

function isOnlyColumn(one: Detected, side: 'origin' | 'target', name: string): boolean {
  return one.kind !== 'many-to-many' && one.columns.length === 1 && one.columns[0]?.[side] === name
}

function isView(cache: SchemaCache, { schema, name }: QualifiedName): boolean {
  const kind = cache.table(schema, name)?.kind
  return kind === 'view' || kind === 'materialized'
}

/** PGRST200: there is no way from the one to the other. */
export function relationshipNotFound(
  cache: SchemaCache,
  origin: QualifiedName,
  { relation, hint }: SoughtEmbed,
  schema: string,
): DialectError {
  const using = hint === null ? '' : `' using the hint '${hint}`
  return new DialectError({
    status: 400,
    code: 'PGRST200',
    message: `Could not find a relationship between '${origin.name}' and '${relation}' in the schema cache`,
    details: `Searched for a foreign key relationship between '${origin.name}' and '${relation}${using}' in the schema '${schema}', but no matches were found.`,
    hint: suggestRelation(cache, origin, relation, schema),
  })
}

// A related table where the origin has any, else an origin that does; nothing where the table is right and the hint is not.
function suggestRelation(cache: SchemaCache, origin: QualifiedName, relation: string, schema: string): string | null {
  const waysOf = (table: QualifiedName) => cache.relationships(table).filter((one) => homeOf(one).schema === schema)
  const ways = waysOf(origin)
  if (ways.length > 0) {
    const targets = ways.map(({ target }) => target.name)
    const nearest = byLikeness(relation, targets, looseLikeness).find(({ score }) => score < 1)
    return nearest ? `Perhaps you meant '${nearest.candidate}' instead of '${relation}'.` : null
  }
  const origins = cache.tables(schema).filter((table) => waysOf(table).length > 0)
  const nearest = nearestByLikeness(
    origin.name,
    origins.map(({ name }) => name),
    looseLikeness,
  )
  return nearest && `Perhaps you meant '${nearest}' instead of '${origin.name}'.`
}

function homeOf(one: Relationship): QualifiedName {
  return one.kind === 'computed' ? one.function : one.target
}

/** PGRST201: several ways lead from the one to the other; each is told with the hint that names it. */
export function relationshipAmbiguous(
  origin: QualifiedName,
  { relation }: SoughtEmbed,
  ways: readonly Detected[],
): DialectError {
  const choices = ways.map((one) => `'${one.target.name}!${hintOf(one)}'`)
  return new DialectError({
    status: 300,
    code: 'PGRST201',
    message: `Could not embed because more than one relationship was found for '${origin.name}' and '${relation}'`,
    details: ways.map(describe),
    hint: `Try changing '${relation}' to one of the following: ${choices.join(', ')}. Find the desired relationship in the 'details' key.`,
  })
}

function hintOf(one: Detected): string {
  return one.kind === 'many-to-many' ? one.junction.name : one.constraint
}

function describe(one: Detected): { cardinality: string; embedding: string; relationship: string } {
  const embedding = `${one.origin.name} with ${one.target.name}`
  if (one.kind === 'many-to-many') {
    const [first, second] = one.constraints
    const there = `${first}${listed(one.originColumns.map(({ junction }) => junction))}`
    const here = `${second}${listed(one.targetColumns.map(({ junction }) => junction))}`
    return { cardinality: one.kind, embedding, relationship: `${one.junction.name} using ${there} and ${here}` }
  }
  const begin = `${one.origin.name}${listed(one.columns.map((pair) => pair.origin))}`
  const end = `${one.target.name}${listed(one.columns.map((pair) => pair.target))}`
  return { cardinality: one.kind, embedding, relationship: `${one.constraint} using ${begin} and ${end}` }
}

function listed(names: readonly string[]): string {
  return `(${names.join(', ')})`
}
