// Proposes a configuration for a database: what its catalog says, and what its names let one guess.
import type { EntityRule, MaskForm } from '@steward/engine'
import type { EntityWords, Words } from '@steward/entities'
import { type Catalog, type CatalogColumn, type CatalogRelation, formatEntity } from '@steward/postgres'
import { type Guess, guessMask } from './guess-mask.ts'

/**
 * What is proposed, by entity.
 *
 * @example
 * const names = ({ entities }: Proposal) => Object.keys(entities)
 */
export type Proposal = {
  /** Null where `public` alone has tables. */
  schemas: string[] | null
  entities: Record<string, EntityWords>
  /** What support would see: everything, the personal masked. */
  support: Record<string, EntityRule>
  /** What developers would not see even so, beside the rule for all others. */
  developers: Record<string, EntityRule>
  /** The column by which most tables belong to a customer's account, if there is one. */
  tenant: { column: string; entities: number; of: number } | null
  /** What looks searchable and has no index, by entity. */
  unindexed: ReadonlyMap<string, readonly string[]>
  masked: number
}

/** What is read of the database. */
export type Known = { catalog: Pick<Catalog, 'relations'>; indexed: ReadonlyMap<string, readonly string[]> }

/**
 * Proposes a configuration. Nothing of it is certain but the names.
 *
 * @example
 * const proposal = proposeConfiguration({ catalog: await readCatalog(pool), indexed: await readIndexedColumns(pool) })
 */
export function proposeConfiguration({ catalog, indexed }: Known): Proposal {
  const relations = catalog.relations.filter(isForPeople)
  const described = relations.map((relation) => describe(relation, indexed.get(formatEntity(relation)) ?? []))
  const schemas = [...new Set(relations.map(({ schema }) => schema))].sort(publicFirst)
  const withSecrets = described.filter(({ guesses }) => [...guesses.values()].some(({ kind }) => kind === 'secret'))
  return {
    schemas: schemas.length === 0 || (schemas.length === 1 && schemas[0] === 'public') ? null : schemas,
    entities: Object.fromEntries(described.map(({ name, words }) => [name, words])),
    support: Object.fromEntries(described.map(({ name, guesses }) => [name, { read: true, ...maskOf(guesses) }])),
    developers: Object.fromEntries(
      withSecrets.map(({ name, guesses }) => [name, { read: true, write: true, ...maskOf(secretsOf(guesses)) }]),
    ),
    tenant: findTenant(relations),
    unindexed: new Map(
      described.filter(({ unindexed }) => unindexed.length > 0).map(({ name, unindexed }) => [name, unindexed]),
    ),
    masked: described.reduce((sum, { guesses }) => sum + guesses.size, 0),
  }
}

const bookkeeping =
  /^(_?prisma_migrations|schema_migrations|ar_internal_metadata|flyway_schema_history|knex_migrations(_lock)?|typeorm_(migrations|metadata)|migrations|alembic_version|databasechangelog(lock)?|__drizzle_migrations|pgmigrations|goose_db_version|spatial_ref_sys)$/i

/**
 * Tables and views of the service: of a partitioned table its root, and no tool's own books. One that is called `*` has no
 * rule of its own: that is the one for all others.
 */
function isForPeople({ schema, name, kind, partitionOf }: CatalogRelation): boolean {
  return (
    formatEntity({ schema, name }) !== '*' &&
    kind !== 'partition' &&
    partitionOf === null &&
    !/^(steward|steward_office)$/.test(schema) &&
    !bookkeeping.test(name)
  )
}

type Described = { name: string; words: EntityWords; guesses: Map<string, Guess>; unindexed: string[] }

function describe(relation: CatalogRelation, indexed: readonly string[]): Described {
  const guesses = new Map<string, Guess>()
  for (const column of relation.columns) {
    const guess = guessMask(column)
    if (guess !== null) guesses.set(column.name, guess)
  }
  const isSecret = (name: string) => guesses.get(name)?.kind === 'secret'
  const title = findTitle(relation, isSecret)
  const known = [...new Set([...indexed, ...uniqueTexts(relation)])].filter((name) => !isSecret(name))
  // What refers to another record is found through that record; the key itself is always looked in.
  const references = new Set(relation.foreignKeys.flatMap(({ columns }) => columns))
  const search = known.filter((name) => !references.has(name) && !isKey(relation, name)).slice(0, 4)
  const wanted = relation.columns
    .filter(({ name, category }) => category === 'S' && searchable.test(name))
    .map(({ name }) => name)
  const list = listOf(relation, title, isSecret)
  return {
    name: formatEntity(relation),
    guesses,
    unindexed: relation.kind === 'view' ? [] : wanted.filter((name) => !known.includes(name) && !isSecret(name)),
    words: {
      ...wordsFor(relation),
      ...(title === null ? {} : { title }),
      ...(search.length === 0 ? {} : { search }),
      ...(list.length === 0 ? {} : { list }),
    },
  }
}

const searchable = /^(e_?mail|phone|(order|invoice|customer)_?(no|number)|number|code|sku)$/i

function wordsFor({ name, comment }: CatalogRelation): Pick<EntityWords, 'label' | 'description'> {
  const en = humanise(name)
  const text = comment?.trim() ?? ''
  if (text === '') return { label: en }
  if (!/[\uac00-\ud7a3]/.test(text)) return { label: en, description: text }
  const [first = ''] = text.split(/[:.,;(\n–—-]/)
  const ko = first.trim()
  const label: Words = ko !== '' && ko.length <= 20 ? { en, ko } : en
  return text === ko && typeof label === 'object' ? { label } : { label, description: text }
}

/** `order_items` and `orderItems` are "Order items". */
function humanise(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[_\s]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? name : words[0]?.toUpperCase() + words.slice(1)
}

const titles =
  'name title full_name display_name label subject number code sku slug 이름 성명 제목 상호 명칭 username email last_name'.split(
    ' ',
  )

function findTitle(
  { name: entity, columns, uniqueKeys }: CatalogRelation,
  isSecret: (name: string) => boolean,
): string | null {
  const texts = columns.filter(({ name, category }) => category === 'S' && !isSecret(name)).map(({ name }) => name)
  const singular = entity.replace(/s$/, '')
  // The title of somebody with a first and a last name is their job.
  const isPerson = columns.some(({ name }) => /^(first|last|given|family)_name$/.test(snake(name)))
  const fitting = isPerson ? titles.filter((title) => !/^(title|label|subject)$/.test(title)) : titles
  const wanted = fitting.flatMap((title) => [title, `${singular}_${title}`])
  const named = wanted.map((title) => texts.find((name) => snake(name) === title)).find((name) => name !== undefined)
  return (
    named ??
    uniqueKeys.find(({ columns: [first = '', ...more] }) => more.length === 0 && texts.includes(first))?.columns[0] ??
    null
  )
}

function snake(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}

function uniqueTexts({ columns, uniqueKeys }: CatalogRelation): string[] {
  const texts = columns.filter(({ category }) => category === 'S').map(({ name }) => name)
  return uniqueKeys
    .flatMap((key) => (key.columns.length === 1 ? key.columns : []))
    .filter((name) => texts.includes(name))
}

function isKey({ primaryKey }: CatalogRelation, name: string): boolean {
  return primaryKey?.columns.includes(name) === true
}

/** The key, what it is called, then what tells records apart at a glance; six at most. */
function listOf(relation: CatalogRelation, title: string | null, isSecret: (name: string) => boolean): string[] {
  const keys = relation.primaryKey?.columns ?? []
  const isPlace = relation.columns.some(({ name }) => /(^|_)(city|country|zip|zip_code|postal_code)$/.test(snake(name)))
  const rest = relation.columns
    .filter(({ name }) => !isSecret(name) && !keys.includes(name) && name !== title)
    .map((column, place) => ({ name: column.name, rank: rankOf(column, isPlace), place }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank || one.place - other.place)
  const chosen = [
    ...keys,
    ...(title === null || keys.includes(title) ? [] : [title]),
    ...rest.map(({ name }) => name),
  ].slice(0, 6)
  return chosen.length < 2 ? [] : chosen
}

/** Beside a city, `state` is a part of the address. */
function rankOf({ name, category, baseType, enumLabels }: CatalogColumn, isPlace: boolean): number {
  if (/^(jsonb?|bytea|xml|tsvector)$/.test(baseType) || category === 'A' || category === 'U')
    return baseType === 'uuid' ? 1 : 0
  const isState = /^state$/i.test(name) && !isPlace
  if (enumLabels !== null || isState || /^(status|plan|kind|type)$/i.test(name)) return 5
  if (/^(total|amount|price|balance|quantity)$/i.test(name)) return 4
  if (/^created_?at$/i.test(name)) return 3
  if (/^(body|content|description|notes?|text|message)$/i.test(name) || /^(updated|deleted)_?at$|^version$/i.test(name))
    return 0
  return 2
}

function maskOf(guesses: ReadonlyMap<string, Guess>): Pick<EntityRule, 'mask'> {
  if (guesses.size === 0) return {}
  const forms = [...guesses].map(([name, { form }]): [string, MaskForm] => [name, form])
  if (forms.every(([, form]) => form === 'hidden')) return { mask: forms.map(([name]) => name) }
  return { mask: Object.fromEntries(forms) }
}

function secretsOf(guesses: ReadonlyMap<string, Guess>): Map<string, Guess> {
  return new Map([...guesses].filter(([, { kind }]) => kind === 'secret'))
}

const tenants = /^(workspace|org|organi[sz]ation|tenant|account|company|team)_?id$/i

function findTenant(relations: readonly CatalogRelation[]): Proposal['tenant'] {
  const tables = relations.filter(({ kind }) => kind === 'table' || kind === 'partitioned')
  const counts = new Map<string, number>()
  for (const { columns } of tables) {
    for (const { name } of columns) if (tenants.test(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one)
  if (most === undefined || most[1] * 2 < tables.length || most[1] < 2) return null
  return { column: most[0], entities: most[1], of: tables.length }
}

function publicFirst(one: string, other: string): number {
  return Number(other === 'public') - Number(one === 'public') || (one < other ? -1 : 1)
}
