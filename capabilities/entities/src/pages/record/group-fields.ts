// Which fields of a record stand where: what names it, what matters, the rest, and what is only technical.
import type { MetaColumn, MetaEntity } from '@steward/sdk'

/** The fields of a record in groups; each field is in one of them. */
type FieldGroups = Record<'facts' | 'important' | 'others' | 'technical', MetaColumn[]>

/** Up to so many fields are all in sight. */
const mostUnfolded = 14

/**
 * Groups the fields of an entity: its key, its title and what the team calls important; what its list shows; the others; what is
 * of little importance. Where there are few, `others` are among the important ones.
 *
 * @example
 * groupFields(orders).facts.map(({ name }) => name) // ['id', 'number', 'status']
 */
export function groupFields({ columns, key, title, list }: Pick<MetaEntity, 'columns' | 'key' | 'title' | 'list'>) {
  const groups: FieldGroups = { facts: [], important: [], others: [], technical: [] }
  const isFact = ({ name, importance }: MetaColumn) => key.includes(name) || name === title || importance === 'high'
  for (const column of columns) {
    if (isFact(column)) groups.facts.push(column)
    else if (list.includes(column.name)) groups.important.push(column)
    else if (column.importance === 'low' && !isProse(column)) groups.technical.push(column)
    else groups.others.push(column)
  }
  const rank = ({ name }: MetaColumn) => (key.includes(name) ? key.indexOf(name) - key.length : name === title ? 0 : 1)
  groups.facts.sort((one, other) => rank(one) - rank(other))
  if (groups.facts.length + groups.important.length + groups.others.length > mostUnfolded) return groups
  return { ...groups, important: [...groups.important, ...groups.others], others: [] }
}

/**
 * The same of a form for a new record: what must be given comes first, and a key that the database gives is out of the way.
 *
 * @example
 * groupNewFields(orders, orders.columns).facts.map(({ name }) => name) // ['customer_id', 'number']
 */
export function groupNewFields(
  entity: Pick<MetaEntity, 'key' | 'title' | 'list'>,
  columns: readonly MetaColumn[],
): FieldGroups {
  const isNeeded = ({ isNullable, default: given }: MetaColumn) => !isNullable && given === null
  const isGiven = ({ name, default: given }: MetaColumn) => entity.key.includes(name) && given !== null
  const others = groupFields({ ...entity, columns: columns.filter((one) => !isNeeded(one) && !isGiven(one)) })
  return {
    ...others,
    facts: [...columns.filter(isNeeded), ...others.facts],
    technical: [...columns.filter(isGiven), ...others.technical],
  }
}

// Too long for a list, and yet what people wrote for people.
function isProse({ name, baseType }: MetaColumn): boolean {
  return (
    /^(text|character varying|citext)/.test(baseType) &&
    /(note|description|body|content|comment|message|memo|reason)s?$/i.test(name)
  )
}
