// The text of the one door: the table itself where nothing is held back, else a subselect with its values bound.
import type { MaskForm, RowCondition } from '@steward/engine'
import { expect, it } from 'vitest'
import { plainLineage } from '../catalog/lineage.ts'
import type { CacheColumn, CacheTable } from '../catalog/schema-cache.ts'
import { Statement } from '../dialect/sql/statement.ts'
import type { SeenTable } from './see-table.ts'
import { writeConditions, writeSeenOf, writeSeenRows } from './write-seen-rows.ts'

const column = (name: string, baseType: string, position: number): [string, CacheColumn] => {
  const plain = {
    isNullable: true,
    default: null,
    isGenerated: false,
    maxLength: null,
    enumLabels: null,
    comment: null,
  }
  return [name, { ...plain, name, type: baseType, baseType, position }]
}
const name = { schema: 'public', name: 'customers' }
const table: CacheTable = {
  ...name,
  kind: 'table',
  columns: new Map([
    column('id', 'integer', 1),
    column('phone', 'text', 2),
    column('card', 'character varying(20)', 3),
    column('salary', 'integer', 4),
    column('sa"y', 'public.citext', 5),
    column('phones', 'character varying(20)[]', 6),
  ]),
  primaryKey: ['id'],
  comment: null,
  isInsertable: true,
  isUpdatable: true,
  isDeletable: true,
  lineage: plainLineage(name),
}
const seen = (masks: Record<string, MaskForm>, where: RowCondition[] = []): SeenTable => {
  const rest = { maxRows: null, maxAffected: null, requiresReason: false }
  return { table, canRead: true, writes: new Set(), masks: new Map(Object.entries(masks)), where, ...rest }
}

it('where nothing is held back it is the table', () => {
  expect(writeSeenRows(new Statement(), seen({}), 'customers')).toBe('"public"."customers"')
  expect(writeSeenRows(new Statement(), seen({}), 'c')).toBe('"public"."customers" AS "c"')
})

it('masked columns are not read but in their form, and filters are bound', () => {
  const statement = new Statement()
  const text = writeSeenRows(
    statement,
    seen({ phone: 'hidden', salary: 'last-4' }, [{ column: 'id', values: ['7'] }]),
    'c',
  )
  expect(text).toBe(
    '(SELECT "steward seen"."id", NULL::text AS "phone", "steward seen"."card", NULL::integer AS "salary", ' +
      '"steward seen"."sa""y", "steward seen"."phones" FROM "public"."customers" AS "steward seen" WHERE "steward seen"."id" = $1) AS "c"',
  )
  expect(statement.toQuery(text).values).toEqual(['7'])
})

it('of a text a part is shown that is not the whole', () => {
  const text = writeSeenOf(new Statement(), {
    seen: seen({ card: 'last-4', 'sa"y': 'first-letter' }),
    from: '"written"',
    isFiltered: false,
    columns: ['card', 'sa"y'],
  })
  const card = '"steward seen"."card"'
  const say = '"steward seen"."sa""y"'
  expect(text).toBe(
    `(SELECT CASE WHEN ${card} IS NOT NULL THEN '••••' || CASE WHEN length(${card}::text) >= 8 THEN right(${card}::text, 4) ELSE '' END END AS "card", ` +
      `CASE WHEN ${say} IS NOT NULL THEN CASE WHEN length(${say}::text) > 1 THEN left(${say}::text, 1) ELSE '' END || '••••' END AS "sa""y" ` +
      'FROM "written" AS "steward seen")',
  )
})

it('a list of texts is no text, of which a part could be shown', () => {
  const text = writeSeenOf(new Statement(), {
    seen: seen({ phones: 'last-4' }),
    from: '"written"',
    isFiltered: false,
    columns: ['phones'],
  })
  expect(text).toBe('(SELECT NULL::character varying(20)[] AS "phones" FROM "written" AS "steward seen")')
})

it('one value is compared, several are a list, NULL is asked for by its name, and none fits no row', () => {
  const statement = new Statement()
  const where: RowCondition[] = [
    { column: 'id', values: ['7', '8'] },
    { column: 'card', values: ['a"b', null] },
    { column: 'phone', values: [null] },
    { column: 'salary', values: [] },
  ]
  expect(writeConditions(statement, 'c', where)).toEqual([
    '"c"."id" = ANY ($1)',
    '("c"."card" = $2 OR "c"."card" IS NULL)',
    '"c"."phone" IS NULL',
    'FALSE',
  ])
  expect(statement.toQuery('').values).toEqual(['{"7","8"}', 'a"b'])
})
