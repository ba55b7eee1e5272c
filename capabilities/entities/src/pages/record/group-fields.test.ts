// Where the fields of a record stand.
import type { MetaColumn } from '@steward/sdk'
import { expect, test } from 'vitest'
import { groupFields, groupNewFields } from './group-fields.ts'

const column = (name: string, importance: MetaColumn['importance'] = 'normal') =>
  ({ name, importance, baseType: 'text' }) as MetaColumn
const names = (columns: MetaColumn[]) => columns.map(({ name }) => name)
const entity = { key: ['shop', 'id'], title: 'ref', list: ['id', 'ref', 'total'] }

test('the key comes first in its own order, then the title, then what the team calls important', () => {
  const columns = [column('urgent', 'high'), column('ref'), column('id'), column('total'), column('shop')]
  expect(names(groupFields({ ...entity, columns }).facts)).toEqual(['shop', 'id', 'ref', 'urgent'])
})

test('few fields are all in sight but for the technical ones', () => {
  const columns = [column('id'), column('shop'), column('total'), column('note', 'low'), column('search', 'low')]
  const groups = groupFields({ ...entity, columns })
  expect(names(groups.important)).toEqual(['total', 'note'])
  expect(names(groups.technical)).toEqual(['search'])
  expect(groups.others).toEqual([])
})

test('of many fields those that the list does not show are folded, and none is lost', () => {
  const many = Array.from({ length: 30 }, (_, place) => column(`more_${place}`))
  const columns = [column('id'), column('shop'), column('total'), ...many, column('hash', 'low')]
  const groups = groupFields({ ...entity, columns })
  expect(names(groups.important)).toEqual(['total'])
  expect(groups.others).toHaveLength(30)
  expect(Object.values(groups).flat()).toHaveLength(columns.length)
})

test('a form for a new record begins with what must be given, and leaves to the database what it gives', () => {
  const needed = { ...column('customer_id'), isNullable: false, default: null }
  const key = { ...column('id'), isNullable: false, default: "nextval('orders_id_seq')" }
  const columns = [key, { ...column('ref'), isNullable: true, default: null }, needed]
  const groups = groupNewFields(entity, columns)
  expect(names(groups.facts)).toEqual(['customer_id', 'ref'])
  expect(names(groups.technical)).toEqual(['id'])
})
