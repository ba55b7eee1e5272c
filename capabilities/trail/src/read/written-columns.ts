// Which columns a change wrote, in SQL and under today's names.
import { nameToday, type Relation } from '../relation.ts'
import { readableJson } from './readable-json.ts'

/**
 * A FROM item `written (name)`: the columns in the JSON of a change, whichever side it has.
 */
export function writtenColumnsSql(alias: string): string {
  const keys = (side: string) => `SELECT json_object_keys(${readableJson(`${alias}.${side}`)})`
  return `(${keys('after')} UNION ${keys('before')}) AS written (name)`
}

/** Names of columns with a change that used them, as what they are called today; those that are gone keep their name. */
export function columnsToday(relation: Relation, written: readonly { name: string; change: string }[]): string[] {
  const names = written.map(({ name, change }) => nameToday(relation, name, BigInt(change)) ?? name)
  const order = new Map(relation.columns.map((column) => [column.name, column.attnum]))
  return [...new Set(names)].sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0))
}
