// What roles see: every way to ask for what is held back, by every role, and nothing of it in any answer.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fingerprint } from '../testing/fingerprint.ts'
import { askAs, forbidden, heard, openTenants, type Tenants } from '../testing/tenants.ts'
import { get, merged, newcomer, someWays, type Way, ways, write } from '../testing/ways-to-ask.ts'

const isFull = process.env.STEWARD_SCALE === 'full'
const some = isFull ? ways : someWays
let tenants: Tenants
beforeAll(async () => {
  tenants = await openTenants()
})
afterAll(() => tenants?.close())

const ask = (way: Way, role: string, prefer = '') => askAs(tenants, way, { role, prefer })

it(`the tenant is shown nothing that is held back, in ${ways.length} ways to ask for it, and changes nothing`, async () => {
  const before = await fingerprint(tenants.database.pool, ['public'])
  const wrong: string[] = []
  for (const way of ways) {
    const answer = await ask(way, 'tenant')
    const is = answer.status < 300 ? answer.status : `${answer.status} ${answer.json?.code ?? ''}`
    const line = `${way.method} ${way.target} ${JSON.stringify(way.sent)}`
    const isAnswered = way.method === 'HEAD' ? answer.status === way.tenant : is === way.tenant
    if (!isAnswered) wrong.push(`${line}: ${is} instead of ${way.tenant}: ${answer.body}`)
    if (forbidden.test(heard(answer))) wrong.push(`${line} shows ${heard(answer)}`)
  }
  expect(wrong).toEqual([])
  expect(await fingerprint(tenants.database.pool, ['public'])).toBe(before)
})

it('the admin is refused nothing, the reader only what writes and what is called', async () => {
  const refusals = ['ENTITIES_WRITE_NOT_ALLOWED', 'ENTITIES_FUNCTION_NOT_ALLOWED']
  const wrong: string[] = []
  for (const way of some) {
    const isRead = way.method === 'GET' || way.method === 'HEAD'
    for (const name of ['admin', 'reader']) {
      const { status, json } = await ask(way, name, isRead ? '' : 'tx=rollback')
      const code = String(json?.code ?? '')
      const mayBeRefused = name === 'reader' && (!isRead || way.target.startsWith('/rpc/'))
      const isRefused = refusals.includes(code) || (way.method === 'HEAD' && status === 403)
      // What is misspelt, or cannot be written at all, is neither's.
      const isRight = mayBeRefused
        ? isRefused || ['PGRST105', 'PGRST202'].includes(code)
        : !code.startsWith('ENTITIES_')
      if (!isRight || status >= 500) wrong.push(`${name} ${way.method} ${way.target}: ${status} ${code}`)
    }
  }
  expect(wrong).toEqual([])
  const { body } = await tenants.ask('GET', '/customers')
  expect(body?.match(/SECRET|FOREIGN/g)?.length).toBeGreaterThan(15)
})

it('whoever has no rights, and whoever has no role, is refused everything in every way', async () => {
  const anything = /SECRET|FOREIGN|BURIED|98765|Anna|Lamp|mine/
  const wrong: string[] = []
  for (const way of some) {
    for (const name of ['empty', 'nobody']) {
      const answer = await ask(way, name)
      const line = `${name} ${way.method} ${way.target}: ${heard(answer)}`
      if (![400, 403, 404].includes(answer.status) || (name === 'nobody' && answer.status !== 403)) wrong.push(line)
      if (anything.test(heard(answer))) wrong.push(line)
    }
  }
  expect(wrong).toEqual([])
  const { status, json } = await tenants.ask('GET', '/products', { role: null, actor: null })
  expect([status, json.code]).toEqual([401, 'ENTITIES_SIGN_IN_REQUIRED'])
})

it('the tenant sees its own rows, their masked columns in masked form', async () => {
  const rows = async (target: string) => (await ask(get(target, 200), 'tenant')).json
  const hidden = { salary: null, profile: null, doubled: null, phone: null }
  expect(await rows('/customers?order=id')).toEqual([
    { id: 1, workspace_id: 7, name: 'Anna', note: 'first', email: 'a••••', card: '••••1111', ...hidden },
    { id: 2, workspace_id: 7, name: 'Bruno', note: 'second', email: 'b••••', card: '••••2222', ...hidden },
    { id: 3, workspace_id: 7, name: 'Chloe', note: null, email: null, card: '••••', ...hidden },
    { id: 21, workspace_id: 7, name: 'Odette', note: null, email: null, card: null, ...hidden },
  ])
  expect(await rows('/customer_cards?id=eq.1')).toEqual([
    { id: 1, ws: 7, name: 'Anna', note: 'first', mail: 'a••••', tel: null, plastic: '••••1111', pay: null, data: null },
  ])
  expect(await rows('/customer_cards_again?id=eq.1&select=post,dial')).toEqual([{ post: 'a••••', dial: null }])
  expect(await rows('/customers_old')).toMatchObject([{ id: 21, phone: null, old_note: 'kept' }])
  expect(await rows('/rpc/find_customers?select=id,greeting')).toMatchObject([{ greeting: 'hello Anna ' }, {}, {}, {}])
  expect(await rows('/rpc/one_customer?number=11')).toBeNull()
  expect(await rows('/orders?select=id,customers(name)&order=id')).toEqual([
    { id: 1, customers: { name: 'Anna' } },
    { id: 2, customers: { name: 'Bruno' } },
    { id: 3, customers: null },
  ])
  expect(await rows('/orders?select=id,products(name)&id=eq.1')).toEqual([
    { id: 1, products: [{ name: 'Lamp' }, { name: 'Desk' }] },
  ])
  expect(await rows('/customers?select=id,neighbours(id)&id=eq.1')).toEqual([
    { id: 1, neighbours: [{ id: 2 }, { id: 3 }, { id: 21 }] },
  ])
  expect(await rows('/remarks?select=id')).toHaveLength(2)
  expect(await rows('/customers?select=remarks(id)&id=eq.1')).toMatchObject([{ remarks: [{}, {}] }])
})

it('rows that are not seen are not counted', async () => {
  const range = async (method: string, target: string, count: string) =>
    (await ask({ method, target, sent: { headers: { Prefer: `count=${count}` } }, tenant: 200 }, 'tenant')).headers[
      'content-range'
    ]
  expect(await range('HEAD', '/customers', 'exact')).toBe('0-3/4')
  expect(await range('GET', '/customers?limit=1', 'exact')).toBe('0-0/4')
  expect(await range('HEAD', '/customers?id=eq.11', 'exact')).toBe('*/0')
  expect(await range('HEAD', '/rpc/find_customers', 'exact')).toBe('0-3/4')
  expect(await range('HEAD', '/rpc/find_customers?limit=1', 'exact')).toBe('0-0/4')
})

it('an error says which rule was broken, and no value that is not shown', async () => {
  const details = async (way: Way) => (await ask(way, 'tenant')).json.details
  const taken = { ...newcomer, id: 1 }
  expect(await details(write('POST', '/customers', taken, ''))).toBe('Key (id)=(1) already exists.')
  expect(await details(write('POST', '/customers', { ...newcomer, name: '' }, ''))).toMatch(/withheld/)
  expect(await details(write('DELETE', '/customers?id=eq.1', null, ''))).toMatch(
    /^Key \(id\)=\(1\) is still referenced/,
  )
  expect(await details(write('PATCH', '/customers?id=eq.1', { note: 'letter' }, ''))).toBe(
    'Key (id) already exists. Its value is withheld.',
  )
  const cast = (await ask(write('PATCH', '/customers?id=eq.1', { note: 'cast' }, ''), 'tenant')).json
  expect(cast.message).toBe('invalid input syntax for type integer: "…"')
  expect((await ask(write('PATCH', '/customers?id=eq.1', { note: 'raise' }, ''), 'tenant')).json.message).toBe(
    'closed on Sundays',
  )
})

it('hints name nothing that is not shown', async () => {
  const hint = async (target: string, name: string) => (await ask(get(target, 404), name)).json.hint ?? ''
  expect(await hint('/secretz', 'admin')).toContain('secrets')
  expect(await hint('/secretz', 'tenant')).not.toMatch(/'public\.secrets'/)
  expect(await hint('/rpc/everythin', 'admin')).toContain('everything')
  expect(await hint('/rpc/everythin', 'tenant')).not.toMatch(/everything$/)
  expect(await hint('/customers?select=id,secretz(*)', 'admin')).toContain('secrets')
  expect(await hint('/customers?select=id,secretz(*)', 'tenant')).not.toMatch(/'secrets'/)
})

it('what the tenant may write is written, and only as far as its rows go', async () => {
  const { pool } = tenants.database
  const before = await fingerprint(pool, ['public'])
  const mine = await ask(write('POST', '/customers?select=id,name,phone', newcomer, 201, merged), 'tenant')
  expect([mine.status, mine.json]).toEqual([201, [{ id: 60, name: 'New', phone: null }]])
  const again = await ask(
    write('POST', '/customers?select=id,name', { ...newcomer, name: 'Newer' }, 200, merged),
    'tenant',
  )
  expect([again.status, again.json]).toEqual([200, [{ id: 60, name: 'Newer' }]])
  const put = await ask(
    write('PUT', '/customers?id=eq.60', { ...newcomer, note: 'put' }, 200, 'return=representation'),
    'tenant',
  )
  expect([put.status, put.json[0].note, put.json[0].salary]).toEqual([200, 'put', null])
  const all = await ask(
    write('PATCH', '/customers?select=id,note&order=id&id=gt.3', { note: 'all' }, 200, 'return=representation'),
    'tenant',
  )
  expect(all.json).toEqual([
    { id: 21, note: 'all' },
    { id: 60, note: 'all' },
  ])
  expect(
    (await ask(write('DELETE', '/customers?id=eq.60', null, 204, 'count=exact'), 'tenant')).headers['content-range'],
  ).toBe('*/1')
  await pool.query('UPDATE customers SET note = NULL WHERE id = 21')
  expect(await fingerprint(pool, ['public'])).toBe(before)
  const location = async (name: string) =>
    (await ask(write('POST', '/tokens', { label: 'x' }, 201, 'return=headers-only,tx=rollback'), name)).headers.location
  expect([await location('admin'), await location('tenant')]).toEqual(['/tokens?code=eq.SECRET-token', undefined])
})
