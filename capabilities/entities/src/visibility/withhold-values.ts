// What an error of PostgreSQL tells: which rule was broken, without the values that are not shown to whoever broke it.
import type { Role } from '@steward/engine'
import type { ServerError } from '@steward/postgres'
import { isHeldBack, type Onlooker, type SeenTable, seesAll, seeTable } from './see-table.ts'

/** The texts of an error. */
export type Told = { message: string; details: string | null; hint: string | null }

/**
 * The texts of an error as they may be told. What functions and triggers RAISE is told as it is: those are the service's
 * own words.
 *
 * @example
 * withholdValues(sent, onlooker).details // 'Key (phone) already exists. Its value is withheld.'
 */
export function withholdValues(sent: ServerError, onlooker: Onlooker): Told {
  const { message, detail = null, hint = null } = sent
  const { role } = onlooker
  if (role === null || seesAll(role) || isRaised(sent) || isAboutRequest(sent))
    return { message, details: detail, hint }
  return {
    message: mayShowValue(sent, role) ? message.replace(/"[^]*"/, '"…"') : message,
    details: detail === null ? null : tellDetail(sent, detail, onlooker),
    hint,
  }
}

/** The statement is wrong, or a value of the request cannot be read: nothing of any row is in that. */
function isAboutRequest({ code, where = '' }: ServerError): boolean {
  return code.startsWith('42') || (/^unnamed portal parameter \$\d/m.test(where) && !isInFunction(where))
}

/** A message about a value: that of a masked column gets there by a function, a generated column or a check. */
function mayShowValue({ code, where = '' }: ServerError, { entities }: Role): boolean {
  if (!code.startsWith('22')) return false
  return isInFunction(where) || Object.values(entities).some(({ mask = {} }) => Object.keys(mask).length > 0)
}

function isInFunction(where: string): boolean {
  return /^(PL\/pgSQL|SQL) function /m.test(where)
}

function isRaised({ code, where = '' }: ServerError): boolean {
  return (
    code === 'P0001' || code.startsWith('PT') || /^PL\/pgSQL function .* at RAISE$/.test(where.split('\n')[0] ?? '')
  )
}

const withheld = 'What PostgreSQL says more is withheld: it shows values that are not shown to you.'
const keyDetail = /^Key \(([^]*?)\)=\(/
const plainEndings = [
  /\) (already exists\.)$/,
  /\) (is not present in table "[^"]*"\.)$/,
  /\) (is still referenced from table "[^"]*"\.)$/,
]

function tellDetail(sent: ServerError, detail: string, onlooker: Onlooker): string {
  const table = sent.table === undefined ? null : onlooker.cache.table(sent.schema ?? 'public', sent.table)
  const seen = table && seeTable(onlooker, table)
  if (detail.startsWith('Failing row contains ')) return seen?.canRead && !isHeldBack(seen) ? detail : withheld
  const [, key] = keyDetail.exec(detail) ?? []
  if (key === undefined) return withheld
  const ending = plainEndings.flatMap((one) => one.exec(detail)?.[1] ?? [])[0]
  if (ending === undefined) return withheld
  const owner = ending.startsWith('is still') ? seeReferenced(sent, onlooker) : seen
  if (owner?.canRead && key.split(', ').every((column) => isShown(owner, column))) return detail
  return `Key (${key}) ${ending} Its value is withheld.`
}

/** An expression shows more than a column. */
function isShown({ table, masks }: SeenTable, column: string): boolean {
  return table.columns.has(column) && !masks.has(column)
}

/** The table whose row is still referred to; the error names the one that refers to it. */
function seeReferenced(
  { schema = 'public', table = '', constraint }: ServerError,
  onlooker: Onlooker,
): SeenTable | null {
  const { cache } = onlooker
  const ways = cache.relationships({ schema, name: table })
  const targets = ways.flatMap((way) => {
    if (!('constraint' in way) || way.constraint !== constraint) return []
    return cache.table(way.target.schema, way.target.name) ?? []
  })
  // A view that shows the key has the relationship, too, but no foreign key.
  const referenced = targets.find(({ kind }) => kind === 'table' || kind === 'partitioned')
  return referenced === undefined ? null : seeTable(onlooker, referenced)
}
