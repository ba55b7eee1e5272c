// Every way to ask the service of two tenants for what is held back, with what the tenant's role is answered.
import type { Asking } from './shop.ts'

/** A way to ask, and what the tenant's role gets: a status with a code, or a status alone where it is answered. */
export type Way = { method: string; target: string; sent?: Asking; tenant: string | number }

/** A read, and what the tenant gets. */
export const get = (target: string, tenant: Way['tenant'], headers: Record<string, string> = {}): Way => {
  return { method: 'GET', target, sent: { headers }, tenant }
}

/** A write, and what the tenant gets. */
export const write = (method: string, target: string, body: object | null, tenant: Way['tenant'], prefer = ''): Way => {
  return { method, target, sent: { headers: prefer === '' ? {} : { Prefer: prefer }, body }, tenant }
}

const masked = '400 ENTITIES_MASKED_COLUMN'
const unseen = '403 ENTITIES_NOT_VISIBLE'
const outside = '403 ENTITIES_OUTSIDE_ROWS'
const uncallable = '403 ENTITIES_FUNCTION_NOT_ALLOWED'

/** Where the masked columns can be asked for, and what they are called there. */
const places = [
  { entity: 'customers', columns: ['email', 'phone', 'card', 'salary', 'profile'] },
  { entity: 'customers_old', columns: ['email', 'phone', 'card', 'salary', 'profile'] },
  { entity: 'customer_cards', columns: ['mail', 'tel', 'plastic', 'pay', 'data'] },
  { entity: 'customer_cards_again', columns: ['post', 'dial', 'pay'] },
  { entity: 'customers_kept', columns: ['email', 'phone'] },
  { entity: 'visits', columns: ['place'] },
  { entity: 'visits_of_first', columns: ['place'] },
  { entity: 'rpc/find_customers', columns: ['email', 'phone', 'card', 'salary', 'profile'] },
]

const refusedUses = (c: string): string[] => [
  `${c}=eq.4`,
  `${c}=neq.4`,
  `${c}=is.null`,
  `${c}=not.is.null`,
  `${c}=in.(4,5)`,
  `${c}=isdistinct.4`,
  `${c}=gt.4`,
  `${c}=like.*1`,
  `${c}=ilike(any).{a*,b*}`,
  `${c}=match.^4`,
  `${c}=cs.{}`,
  `${c}=fts.a`,
  `${c}=wfts(english).a`,
  `or=(id.eq.1,${c}.eq.4)`,
  `not.and=(id.gt.0,or(${c}.lt.4,id.eq.2))`,
  `${c}->>a=eq.4`,
  `${c}->b->>c=like.4*`,
  `order=${c}`,
  `order=id,${c}.desc.nullslast`,
  `order=${c}->>a`,
  `select=${c}.max()`,
  `select=n:${c}.count()`,
  `select=${c},count()`,
  `select=${c}.sum()::text`,
  `select=${c}::text`,
  `select=x:${c}::text`,
  `select=${c}->>a`,
  `select=x:${c}->b->>c`,
]
const shownUses = (c: string): string[] => ['select=*', `select=${c}`, `select=x:${c},${c}`, 'limit=2&offset=1']

const asked: Way[] = places.flatMap(({ entity, columns }) =>
  columns.flatMap((column) => [
    ...refusedUses(column).map((query) => get(`/${entity}?${query}`, masked)),
    ...shownUses(column).flatMap((query) => [
      get(`/${entity}?${query}`, 200),
      get(`/${entity}?${query}`, 200, { Accept: 'text/csv' }),
      get(`/${entity}?${query}`, 200, { Accept: 'application/vnd.pgrst.array+json;nulls=stripped' }),
      {
        ...get(`/${entity}?${query}`, query.startsWith('limit') ? 206 : 200, { Prefer: 'count=exact' }),
        method: 'HEAD',
      },
    ]),
  ]),
)

const embedded: Way[] = ['email', 'phone', 'card', 'salary', 'profile'].flatMap((c) => [
  get(`/orders?select=id,customers(${c})`, 200),
  get(`/orders?select=id,...customers(${c})`, 200),
  get(`/orders?select=id,c:customers!inner(*)`, 200),
  get(`/workspaces?select=id,customers(id,${c})`, 200),
  get(`/workspaces?select=id,...customers(${c})`, 200),
  get(`/orders?select=id,customers(id)&customers.${c}=eq.4`, masked),
  get(`/orders?select=id,customers!inner()&customers.or=(${c}.gt.4,id.eq.1)`, masked),
  get(`/workspaces?select=id,customers(id)&customers.order=${c}`, masked),
  get(`/orders?select=id,customers(id)&order=customers(${c})`, masked),
  get(`/workspaces?select=id,customers(${c}.max())`, masked),
  get(`/workspaces?select=id,customers(${c}::text)`, masked),
  get(`/workspaces?select=id,customers(${c}->>a)`, masked),
  get(`/orders?select=count(),...customers(${c})`, masked),
  get(`/orders?select=id,customers(neighbours(${c}))`, 200),
  get(`/orders?select=id,customers(neighbours(id))&customers.neighbours.${c}=is.null`, masked),
])

const written: Way[] = ['email', 'phone', 'card', 'salary', 'profile'].flatMap((c) => [
  write('PATCH', '/customers?id=eq.1', { [c]: '5' }, masked),
  write('PATCH', `/customers?id=eq.1&columns=${c}`, { [c]: '5' }, masked),
  write('PATCH', `/customers?${c}=is.null`, { note: 'x' }, masked),
  write('PATCH', `/customers?or=(${c}.like.4*,id.eq.1)`, { note: 'x' }, masked, 'count=exact'),
  write('DELETE', `/customers?${c}=not.is.null`, null, masked),
  write('POST', '/customers', { id: 50, workspace_id: 7, name: 'New', [c]: '5' }, masked),
  write(
    'POST',
    '/customers',
    [{ id: 50, workspace_id: 7, name: 'New', [c]: '5' }],
    masked,
    'resolution=merge-duplicates',
  ),
  write(
    'POST',
    `/customers?on_conflict=${c}`,
    { id: 50, workspace_id: 7, name: 'N' },
    masked,
    'resolution=merge-duplicates',
  ),
  write(
    'POST',
    `/customers?on_conflict=${c}`,
    { id: 50, workspace_id: 7, name: 'N' },
    masked,
    'resolution=ignore-duplicates',
  ),
  write('PATCH', `/customers?id=eq.1&select=id&order=${c}`, { note: 'x' }, masked, 'return=representation'),
  write('PATCH', `/customers?id=eq.1&select=${c}::text`, { note: 'x' }, masked, 'return=representation'),
  write('PATCH', `/customer_cards?id=eq.1`, { tel: '5' }, masked),
  write('PATCH', `/customer_cards?tel=is.null`, { name: 'x' }, masked),
])

/** A customer that the tenant may add. */
export const newcomer = { id: 60, workspace_id: 7, name: 'New' }
/** An upsert that gives back its rows. */
export const merged = 'resolution=merge-duplicates,return=representation'
const filtered: Way[] = [
  get('/customers?id=eq.11', 200),
  get('/customers?name=like.FOREIGN*', 200),
  get('/customers?name=like.FOREIGN%5C', '400 22025'),
  get('/customers?id=eq.11', '406 PGRST116', { Accept: 'application/vnd.pgrst.object+json' }),
  get('/orders?select=*,customers(*)', 200),
  get('/orders?select=*,customers!inner(name)', 200),
  get('/orders?select=count(),total.sum()', 200),
  get('/orders?select=id,products(name)', 200),
  get('/products?select=name,orders(id,note)', 200),
  get('/customers?select=id,products(name)', unseen),
  get('/customers?select=id,secrets(*)', unseen),
  get('/customers?select=id,wishes()', unseen),
  get('/secrets', unseen),
  get('/inbox', unseen),
  get('/hashes_trusted', 200),
  get('/remarks', 200),
  get('/customers?select=id,remarks(id)', 200),
  ...['exact', 'planned', 'estimated'].map((count) => get('/customers?select=id', 200, { Prefer: `count=${count}` })),
  ...[
    'hashes',
    'hashes_again',
    'by_phone',
    'names_alone',
    'pairs',
    'twice',
    'united',
    'whole_rows',
    'counted',
    'asked',
  ].map((view) => get(`/${view}?limit=1`, unseen)),
  ...['secret_words', 'key_words', 'through_function'].map((view) => get(`/${view}?limit=1`, unseen)),
  get('/customers', '403 ENTITIES_PLAN_NOT_ALLOWED', { Accept: 'application/vnd.pgrst.plan+json' }),
  get('/products', '403 ENTITIES_PLAN_NOT_ALLOWED', { Accept: 'application/vnd.pgrst.plan+text' }),
  write('PATCH', '/customers?id=eq.11', { note: 'x' }, 204, 'count=exact'),
  write('PATCH', '/customers?id=gt.0', { note: 'x', workspace_id: 8 }, outside),
  write('PATCH', '/customers?id=eq.1', { workspace_id: 8 }, outside, 'return=representation'),
  write('PATCH', '/customer_cards?id=eq.1', { ws: 8 }, outside),
  write('DELETE', '/customers?id=eq.11', null, 204, 'count=exact'),
  write('DELETE', '/customers?id=gte.11', null, 200, 'return=representation,tx=rollback'),
  write('POST', '/customers', { ...newcomer, workspace_id: 8 }, outside),
  write('POST', '/customers', [newcomer, { ...newcomer, id: 61, workspace_id: 8 }], outside, 'return=representation'),
  write('POST', '/customer_cards', { id: 60, ws: 8, name: 'New' }, outside),
  write('POST', '/customers', { ...newcomer, id: 11 }, outside, merged),
  write('POST', '/customers', [newcomer, { ...newcomer, id: 11 }], outside, 'resolution=merge-duplicates'),
  write('POST', '/customers', { ...newcomer, id: 11 }, 201, 'resolution=ignore-duplicates,return=representation'),
  write('POST', '/customers', { ...newcomer, id: 11 }, '409 23505'),
  write('POST', '/customers', { ...newcomer, name: '' }, '400 23514'),
  write('POST', '/customers', { ...newcomer, name: null }, '400 23502'),
  write('PATCH', '/customers?id=eq.1', { name: '' }, '400 23514'),
  write('PATCH', '/customers?id=eq.1', { note: 'cast' }, '400 22P02'),
  write('PATCH', '/customers?id=eq.1', { note: 'letter' }, '409 23505'),
  write('PATCH', '/customers?id=eq.1', { note: 'raise' }, '400 P0001'),
  write('DELETE', '/customers?id=eq.1', null, '409 23503'),
  write('POST', '/orders', { id: 60, workspace_id: 7, customer_id: 999 }, '409 23503'),
  write('PUT', '/customers?id=eq.11', { ...newcomer, id: 11 }, '400 PGRST115', 'return=representation'),
  write('PUT', '/customers?id=eq.60', { ...newcomer, workspace_id: 8 }, outside, 'return=representation'),
  write('POST', '/products', { id: 9, name: 'x' }, '403 ENTITIES_WRITE_NOT_ALLOWED'),
  write('PATCH', '/customers_kept?id=eq.1', { name: 'x' }, '403 ENTITIES_WRITE_NOT_ALLOWED'),
  write('PATCH', '/visits_of_first?id=eq.1', { id: 3 }, '403 ENTITIES_WRITE_NOT_ALLOWED'),
  write('DELETE', '/inbox?id=eq.1', null, '403 ENTITIES_WRITE_NOT_ALLOWED'),
  write('PATCH', '/inbox?body=like.B*', { body: 'x' }, '403 ENTITIES_WRITE_UNSEEN'),
  write('PATCH', '/inbox?id=eq.1', { body: 'x' }, '403 ENTITIES_WRITE_UNSEEN', 'return=representation'),
  write('PATCH', '/inbox?id=eq.1', { body: 'x' }, 204, 'tx=rollback'),
  write('POST', '/inbox', { id: 2, body: 'x' }, 201, 'return=minimal,tx=rollback'),
  write('POST', '/tokens', { label: 'x' }, 201, 'return=headers-only,tx=rollback'),
  write('POST', '/tokens', { label: 'x' }, 201, 'return=representation,tx=rollback'),
  write('POST', '/tokens', { label: 'x' }, masked, 'resolution=merge-duplicates'),
  write('PATCH', '/customers?id=eq.1', { note: 'x' }, 200, 'return=representation,tx=rollback'),
  write(
    'PATCH',
    '/customers?id=eq.1&select=*,remarks(id),greeting',
    { note: 'x' },
    200,
    'return=representation,tx=rollback',
  ),
]

const called: Way[] = [
  get('/rpc/find_customers', 200, { Prefer: 'count=exact' }),
  get('/rpc/find_customers?lowest=2&select=*,orders(*)', 200),
  get('/rpc/find_customers?select=id,greeting', 200),
  write('POST', '/rpc/find_customers?select=*', { lowest: 0 }, 200),
  get('/rpc/one_customer?number=1', 200),
  get('/rpc/one_customer?number=11', 200),
  get('/rpc/everything', uncallable),
  get('/rpc/every_phone', uncallable),
  get('/rpc/all_secrets', unseen),
  get('/rpc/all_keys', unseen),
  get('/customers?select=id,greeting', 200),
  get('/customers?select=id,greeting&greeting=like.*e*&order=greeting', 200),
  get('/customers?select=id,contact', uncallable),
  get('/customers?contact=like.4*', uncallable),
  get('/customers?order=contact', uncallable),
  get('/orders?select=id,order_contact', uncallable),
  get('/orders?select=id,customers(contact)', uncallable),
  get('/customers?select=id,neighbours(*)', 200),
  get('/customers?select=id,neighbours(*,orders(*))', 200),
  get('/customers?select=id,shadows(*)', uncallable),
  get('/customers?select=anything', '400 42703'),
  get('/products?select=id,anything', '400 42703'),
  get('/products?select=id,row_to_json', '400 42703'),
  get('/products?anything=eq.1', '400 42703'),
  write('PATCH', '/customers?contact=like.4*', { note: 'x' }, uncallable),
]

const misspelt: Way[] = [
  get('/secretz', '404 PGRST205'),
  get('/inbux', '404 PGRST205'),
  get('/customers?select=id,secretz(*)', '400 PGRST200'),
  get('/secretz?select=id,customers(*)', '404 PGRST205'),
  get('/rpc/everythin', '404 PGRST202'),
  get('/rpc/every_phon', '404 PGRST202'),
  get('/customers?phon=eq.1', '400 42703'),
  get('/customers?select=id,order_product(*)', '400 PGRST200'),
]

/** All of them. */
export const ways = [...asked, ...embedded, ...written, ...filtered, ...called, ...misspelt]

/** Enough of them for those from whom nothing is held back, or everything: to them most columns are alike. */
export const someWays = [...asked.filter((_, place) => place % 9 === 0), ...filtered, ...called, ...misspelt]
