// Selecting and embedding: the tree of rows that a request's `select` describes.
import type { QualifiedName } from '@steward/postgres'
import type { Relationship } from '../../catalog/schema-cache.ts'
import { demandJoin, demandPlainGroups, findSeenRelationship } from '../../visibility/demand-embed.ts'
import type { SeenTable } from '../../visibility/see-table.ts'
import type { Sight } from '../../visibility/sight.ts'
import type { SelectedEmbed, SelectedField, SelectItem } from '../dialect-request.ts'
import type { EmbedPlan, PlannedColumn, RowSource, RowsPlan } from '../plan-tree.ts'
import { type Aliases, makeAliases } from './make-aliases.ts'
import { aggregateInList, aggregatesNotAllowed } from './plan-errors.ts'
import { outputName, resolveField } from './resolve-field.ts'

/** What all parts of one plan look things up in. */
export type PlanContext = {
  sight: Sight
  /** Of the request: where functions and related tables are looked for. */
  schema: string
  allowsAggregates: boolean
}

/** Where the tree begins; `type` is null for a function whose rows are no table's. */
export type Root = { source: RowSource; type: QualifiedName | null; seen: SeenTable | null; name: string }

/**
 * Plans the rows of the request and all that is embedded in them, without filters, order and ranges.
 *
 * @throws DialectError PGRST200 and PGRST201 for relations, PGRST123 and PGRST127 for aggregates.
 */
export function planRows(context: PlanContext, root: Root, select: SelectItem[]): RowsPlan {
  const planner = { context, aliasFor: makeAliases([root.name]) }
  const rows = growRows(
    planner,
    { source: root.source, type: root.type, seen: root.seen, alias: root.name, depth: 0 },
    select,
    root.name,
  )
  checkAggregates(context, rows)
  return rows
}

type Planner = { context: PlanContext; aliasFor: Aliases }
type Seed = Omit<Root, 'name'> & { alias: string; depth: number }

function growRows(planner: Planner, seed: Seed, select: SelectItem[], name: string): RowsPlan {
  const { source, type, seen, alias, depth } = seed
  const { context } = planner
  const rows: RowsPlan = {
    source,
    type,
    table: type && context.sight.whole.table(type.schema, type.name),
    seen,
    alias,
    columns: [],
    where: [],
    order: [],
    range: { offset: 0, limit: null },
    embeds: [],
  }
  for (const item of select) {
    if (item.kind === 'field') {
      rows.columns.push(planColumn(context, rows, item))
      continue
    }
    const embed = growEmbed(planner, { rows, name, depth: depth + 1 }, item)
    rows.embeds.push(embed)
    rows.columns.push({ kind: 'embed', embed })
  }
  if (isGrouped(rows)) demandPlainGroups(rows)
  return rows
}

function planColumn(context: PlanContext, rows: RowsPlan, item: SelectedField): PlannedColumn {
  if (item.field?.name === '*' && item.field.path.length === 0 && item.aggregate === null) return { kind: 'star' }
  const field = item.field && resolveField(context.sight, rows, item.field, useOf(item))
  const name = item.alias ?? item.aggregate ?? (field ? outputName(field) : 'count')
  const { cast, aggregate, aggregateCast } = item
  return { kind: 'field', field, name, cast, aggregate, aggregateCast }
}

/** What would be done with a masked column besides showing its masked form. */
function useOf({ field, cast, aggregate }: SelectedField): string | null {
  if (aggregate !== null) return 'aggregated'
  if (cast !== null) return 'cast'
  return field === null || field.path.length === 0 ? null : 'taken apart'
}

function growEmbed(planner: Planner, origin: { rows: RowsPlan; name: string; depth: number }, item: SelectedEmbed) {
  const { context, aliasFor } = planner
  const from = origin.rows.type ?? { schema: context.schema, name: origin.name }
  const relationship = findSeenRelationship(context.sight, from, { sought: item, schema: context.schema })
  const { target } = relationship
  const key = item.alias ?? item.relation
  const source: RowSource =
    relationship.kind === 'computed'
      ? { kind: 'computed', function: relationship.function, origin: origin.rows }
      : { kind: 'table', table: target }
  const alias = aliasFor(`${target.name}_${origin.depth}`)
  const lateral = aliasFor(`${origin.rows.alias}_${key}`)
  const { seen, seenJunction } = demandJoin(context.sight, origin.rows, relationship)
  const rows = growRows(planner, { source, type: target, seen, alias, depth: origin.depth }, item.select, target.name)
  const embed: EmbedPlan = {
    key,
    relation: item.relation,
    relationship,
    isToOne: isToOne(relationship),
    isSpread: item.isSpread,
    join: item.join ?? 'left',
    isEmpty: rows.columns.every((column) => column.kind === 'embed' && column.embed.isEmpty),
    origin: origin.rows.alias,
    lateral,
    list: aliasFor(`${lateral}_list`),
    junction: relationship.kind === 'many-to-many' ? aliasFor(`${relationship.junction.name}_${origin.depth}`) : '',
    seenJunction,
    rows,
    orderFields: [],
  }
  return embed
}

function isToOne(relationship: Relationship): boolean {
  if (relationship.kind === 'computed') return relationship.isToOne
  return relationship.kind === 'many-to-one' || relationship.kind === 'one-to-one'
}

function checkAggregates({ allowsAggregates }: PlanContext, rows: RowsPlan): void {
  if (!allowsAggregates && hasAggregateAnywhere(rows)) throw aggregatesNotAllowed()
  checkLists(rows)
}

function hasAggregateAnywhere(rows: RowsPlan): boolean {
  return hasOwnAggregate(rows) || rows.embeds.some((embed) => hasAggregateAnywhere(embed.rows))
}

function hasOwnAggregate(rows: RowsPlan): boolean {
  return rows.columns.some((column) => column.kind === 'field' && column.aggregate !== null)
}

function checkLists(rows: RowsPlan): void {
  for (const embed of rows.embeds) {
    if (embed.isSpread && !embed.isToOne && isGrouped(embed.rows)) throw aggregateInList()
    checkLists(embed.rows)
  }
}

/** Whether rows are grouped: by an aggregate of their own, or one that a spread embed hands up to them. */
export function isGrouped(rows: RowsPlan): boolean {
  return hasOwnAggregate(rows) || rows.embeds.some((embed) => embed.isSpread && embed.isToOne && isGrouped(embed.rows))
}
