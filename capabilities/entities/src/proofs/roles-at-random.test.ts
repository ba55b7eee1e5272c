// What roles see, asked at random: nothing that is held back is in any answer, whatever is asked for together.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fingerprint } from '../testing/fingerprint.ts'
import { askAs, forbidden, heard, openTenants, type Tenants } from '../testing/tenants.ts'

const isFull = process.env.STEWARD_SCALE === 'full'
let tenants: Tenants
beforeAll(async () => {
  tenants = await openTenants()
})
afterAll(() => tenants?.close())

const entities = [
  'customers',
  'customer_cards',
  'customers_old',
  'orders',
  'workspaces',
  'products',
  'rpc/find_customers',
  'hashes',
]
const columns = [
  'id',
  'name',
  'note',
  'phone',
  'email',
  'card',
  'salary',
  'profile',
  'doubled',
  'tel',
  'mail',
  'total',
  'greeting',
]
const oneOf = (...values: string[]) => fc.constantFrom(...values)
// Most of what is asked for must be answered, or else nothing would be found out.
const harmless = ['id', 'id', 'id', 'id', 'id', 'name', 'name', 'name', 'note', 'note']
const column = oneOf(...harmless, ...harmless, ...columns, 'contact', 'anything', 'count', 'ctid', 'row_to_json')
const field = fc.tuple(column, oneOf('', '', '', '', '', '', '->a', '->>a', '->b->>c')).map((parts) => parts.join(''))
const item = fc
  .tuple(oneOf('', '', 'x:'), field, oneOf('', '', '', '::text', '.max()', '.count()', '.min()::text'))
  .map((parts) => parts.join(''))
const embed = fc
  .tuple(
    oneOf('', '', '', '...', 'e:'),
    oneOf(
      'customers',
      'orders',
      'workspaces',
      'products',
      'neighbours',
      'shadows',
      'secrets',
      'customer_cards',
      'remarks',
    ),
    oneOf('', '', '!inner', '!left', '!wishes'),
    fc.array(fc.oneof(item, fc.constant('*')), { maxLength: 3 }),
  )
  .map(([before, name, hint, items]) => `${before}${name}${hint}(${items.join(',')})`)
const condition = fc
  .tuple(
    oneOf('', '', '', 'customers.', 'orders.', 'e.'),
    field,
    oneOf('', 'not.'),
    oneOf('eq.1', 'gt.a', 'is.null', 'like.S*', 'in.(1,2)', 'fts.secret', 'cs.{}', 'isdistinct.1'),
  )
  .map(([at, name, not, rest]) => `${at}${name}=${not}${rest}`)
const part = fc.oneof(
  condition,
  fc
    .tuple(oneOf('order', 'customers.order'), field, oneOf('', '.desc'))
    .map(([key, name, way]) => `${key}=${name}${way}`),
  fc.tuple(field, field).map(([one, other]) => `or=(${one}.gt.1,not.and(${other}.is.null,id.eq.1))`),
  oneOf('limit=1', 'offset=1', 'order=customers(phone)', 'on_conflict=email', 'columns=id,phone', 'lowest=2'),
)
const request = fc.record({
  method: oneOf('GET', 'GET', 'GET', 'GET', 'HEAD', 'PATCH', 'POST', 'DELETE', 'PUT'),
  entity: oneOf(...entities),
  items: fc.array(fc.oneof(item, oneOf(...columns, '*'), embed), { maxLength: 2 }),
  parts: fc.array(part, { maxLength: 2 }),
  accept: oneOf(
    'application/json',
    'application/json',
    'application/json',
    'text/csv',
    'application/vnd.pgrst.object+json',
    'application/vnd.pgrst.plan+json',
  ),
  prefer: fc.subarray(['return=representation', 'count=exact', 'resolution=merge-duplicates', 'missing=default']),
  body: fc.dictionary(
    oneOf('id', 'workspace_id', 'name', 'phone', 'note', 'total'),
    oneOf('1', '7', '8', '11', 'x', ''),
    { minKeys: 1 },
  ),
})

it('nothing that is held back is found by asking at random', async () => {
  const before = await fingerprint(tenants.database.pool, ['public'])
  let answered = 0
  await fc.assert(
    fc.asyncProperty(request, async ({ method, entity, items, parts, accept, prefer, body }) => {
      const select = items.length === 0 ? [] : [`select=${items.join(',')}`]
      const target = `/${entity}?${[...select, ...parts].join('&')}`
      const headers = { Accept: accept, Prefer: [...prefer, ...(method === 'GET' ? [] : ['tx=rollback'])].join(',') }
      const isBodied = method === 'POST' || method === 'PATCH' || method === 'PUT'
      const answer = await askAs(
        tenants,
        { method, target, sent: { headers, body: isBodied ? body : null } },
        { role: 'tenant' },
      )
      expect(heard(answer)).not.toMatch(forbidden)
      expect(answer.status).toBeLessThan(500)
      if (answer.status < 300 && method !== 'HEAD') answered += 1
    }),
    { numRuns: isFull ? 20_000 : 1_000, seed: Number(process.env.STEWARD_SEED ?? 20_261_122) },
  )
  // A door that is shut lets nothing through, either.
  expect(answered).toBeGreaterThan(isFull ? 1_000 : 50)
  expect(await fingerprint(tenants.database.pool, ['public'])).toBe(before)
})
