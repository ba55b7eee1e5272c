// Which records belong to a record in the other direction: what to ask for, what it is called, and where its list is.

import type { MetaEntity, MetaRelationship, Values } from '@steward/sdk'
import { entityPath } from '@steward/ui'
import { quoteName } from '../filter/dialect-text.ts'
import { printState } from '../list/list-state.ts'
import { valueText } from './value-text.ts'

/** A way from a record to others. */
export type RelatedWay = {
  /** Unique among the ways of an entity. */
  id: string
  target: MetaEntity
  /** Filters of the target, or the embed that leads there where no filter does. */
  asked: { kind: 'filters'; filters: [column: string, value: string][] } | { kind: 'embed'; embed: string }
  /** By which of its columns, where several ways lead to the same entity. */
  via: string | null
  /** A link to the list of all of them; null where no list shows them. */
  list: { to: string; search: Record<string, unknown> } | null
}

/**
 * The ways from a record to others that its fields do not link to already; those that lead nowhere are left out: a reference that is
 * null, an entity that the person may not see.
 *
 * @example
 * relatedWays(orders, { id: '42' }, entities).map(({ target }) => target.entity) // ['order_items']
 */
export function relatedWays(entity: MetaEntity, record: Values, entities: readonly MetaEntity[]): RelatedWay[] {
  const found = entity.relationships.flatMap((way): RelatedWay[] => {
    const target = entities.find(({ entity: name }) => name === way.entity)
    if (target === undefined || isLinkedByField(entity, way)) return []
    const asked = askedOf(way, record)
    if (asked === null) return []
    const id = `${way.entity} ${way.columns.map(({ from, to }) => `${from}=${to}`).join(',')} ${way.embed ?? ''}`
    return [{ id, target, asked, via: viaOf(way), list: listOf(target, asked) }]
  })
  const isAlone = ({ target }: RelatedWay) => found.filter((one) => one.target.entity === target.entity).length === 1
  return found.map((way) => (isAlone(way) ? { ...way, via: null } : way))
}

/** The columns of the target that are the same for all of its records. */
export function columnsOf({ asked }: RelatedWay): string[] {
  return asked.kind === 'filters' ? asked.filters.map(([column]) => column) : []
}

/** A reference of one column is a link among the fields. */
function isLinkedByField({ columns }: MetaEntity, { cardinality, columns: pairs, entity }: MetaRelationship): boolean {
  const [pair] = pairs
  if (pairs.length !== 1 || pair === undefined || (cardinality !== 'many-to-one' && cardinality !== 'one-to-one'))
    return false
  const column = columns.find(({ name }) => name === pair.from)
  return column?.references?.entity === entity && column.references.column === pair.to
}

function askedOf(way: MetaRelationship, record: Values): RelatedWay['asked'] | null {
  const { columns, embed, through } = way
  if (columns.length > 0) {
    // Key columns have no JSON: their text is that of any other type.
    const filters = columns.map(({ from, to }) => [to, valueText(record[from], { baseType: 'text' })] as const)
    const isWhole = filters.every(([, value]) => value !== null)
    return isWhole ? { kind: 'filters', filters: filters.map(([to, value]) => [to, value ?? '']) } : null
  }
  if (embed === null) return null
  return through === null && way.cardinality !== 'computed' ? null : { kind: 'embed', embed }
}

function viaOf({ columns, through, embed }: MetaRelationship): string | null {
  if (columns.length > 0) return columns.map(({ to }) => to).join(', ')
  return through?.entity ?? embed
}

function listOf(target: MetaEntity, asked: RelatedWay['asked']): RelatedWay['list'] {
  if (asked.kind === 'embed') return null
  const filter = asked.filters.map(([column, value]) => ({
    field: quoteName(column),
    operator: 'is' as const,
    values: [value],
  }))
  const search = printState({ columns: null, filter, order: [], search: '', place: null, rows: null })
  return { to: entityPath(target.entity), search }
}
