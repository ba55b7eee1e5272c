// The dialect's embeds, behaviours 20 to 30: relations in the answer, found, filtered, hoisted and refused.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/refusal-of.ts'
import { openShop, type Shop } from '../testing/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

async function rows(target: string): Promise<unknown> {
  const { status, json } = await shop.ask('GET', target)
  expect([target, status, status === 200 ? '' : json]).toEqual([target, 200, ''])
  return json
}

describe('20 to-one, to-many, many-to-many', () => {
  it('20 a to-one is an object or null, a many-to-many an array through the join table', async () => {
    expect(await rows('/orders?select=id,customer(name),product(name)&id=in.(2,13)')).toEqual([
      { id: 2, customer: { name: 'Anna Berg' }, product: [{ name: 'Lamps' }] },
      { id: 13, customer: null, product: [] },
    ])
  })

  it('20 a to-many is an array, as deep as one likes, with all columns by *', async () => {
    expect(
      await rows(
        '/customer?select=id,orders(id,order_item(quantity,product(name,category(name))))&id=eq.2&orders.id=eq.3',
      ),
    ).toEqual([
      {
        id: 2,
        orders: [{ id: 3, order_item: [{ quantity: 1, product: { name: 'Rug', category: [{ name: 'Home' }] } }] }],
      },
    ])
    expect(await rows('/channel_detail?select=*,channel(*)')).toEqual([
      { id: 1, details: 'open day and night', channel: { id: 1, name: 'web' } },
    ])
  })

  it('20 the many-to-many goes both ways', async () => {
    expect(await rows('/category?select=name,product(name)&product.order=id')).toEqual([
      { name: 'Light', product: [{ name: 'Lamps' }] },
      { name: 'Office', product: [{ name: 'Desk' }, { name: 'Chair' }] },
      { name: 'Home', product: [{ name: 'Lamps' }, { name: 'Rug' }] },
    ])
  })

  it('20 a partitioned table is related once, and its partitions are not shown', async () => {
    expect(await rows('/event?select=id,customer(name)&order=id')).toEqual([
      { id: 1, customer: { name: 'Anna Berg' } },
      { id: 101, customer: { name: 'Bruno Costa' } },
    ])
    expect((await shop.ask('GET', '/event_first')).json.code).toBe('PGRST205')
  })
})

it('21 a one-to-one is an object or null in both directions', async () => {
  expect(await rows('/channel?select=id,channel_detail(details)')).toEqual([
    { id: 1, channel_detail: { details: 'open day and night' } },
    { id: 2, channel_detail: null },
  ])
  expect(await rows('/channel_detail?select=details,channel(name)')).toEqual([
    { details: 'open day and night', channel: { name: 'web' } },
  ])
})

describe('22 hints', () => {
  it.each([
    ['by constraint', '/friends?select=id,a:users!friends_inviter_fkey(first_name)', 'Mina'],
    ['by column', '/friends?select=id,a:users!inviter(first_name)', 'Mina'],
    ['by the other column', '/friends?select=id,a:users!invited(first_name)', 'Otto'],
    ['by the column instead of the table', '/friends?select=id,a:inviter(first_name)', 'Mina'],
    ['by the constraint instead of the table', '/friends?select=id,a:friends_invited_fkey(first_name)', 'Otto'],
  ])('22 a hint %s chooses the relation', async (_how, target, name) => {
    expect(await rows(`${target}&id=eq.1`)).toEqual([{ id: 1, a: { first_name: name } }])
  })

  it('22 a hint names the join table, and a constraint from the other side', async () => {
    expect(await rows('/orders?select=goods:product!order_item(name)&id=eq.3')).toEqual([{ goods: [{ name: 'Rug' }] }])
    expect(await rows('/users?select=id,asked:friends!friends_invited_fkey(id)&id=eq.1')).toEqual([
      { id: 1, asked: [{ id: 2 }] },
    ])
    expect(await rows('/orders?select=id,customer!customer_id(*)&id=eq.5')).toEqual([
      { id: 5, customer: { id: 3, name: 'Chloe Martin', email: 'chloe@martin.example', country: 'FR' } },
    ])
  })

  it('22 a hint that names nothing is refused, and no name is proposed', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?select=customer!nothing(name)'))).toEqual({
      status: 400,
      code: 'PGRST200',
      message: "Could not find a relationship between 'orders' and 'customer' in the schema cache",
      details:
        "Searched for a foreign key relationship between 'orders' and 'customer' using the hint 'nothing' in the schema 'public', but no matches were found.",
    })
  })
})

describe('23 ambiguous', () => {
  it('23 two possible relations are 300, with what can be chosen', async () => {
    const answer = await shop.ask('GET', '/friends?select=users(*)')
    const invited = {
      cardinality: 'many-to-one',
      embedding: 'friends with users',
      relationship: 'friends_invited_fkey using friends(invited) and users(id)',
    }
    const inviter = {
      cardinality: 'many-to-one',
      embedding: 'friends with users',
      relationship: 'friends_inviter_fkey using friends(inviter) and users(id)',
    }
    expect(refusalOf(answer)).toEqual({
      status: 300,
      code: 'PGRST201',
      message: "Could not embed because more than one relationship was found for 'friends' and 'users'",
      details: [invited, inviter],
      hint: "Try changing 'users' to one of the following: 'users!friends_invited_fkey', 'users!friends_inviter_fkey'. Find the desired relationship in the 'details' key.",
    })
    expect(answer.headers.location).toBeUndefined()
  })

  it('23 seen from the other side they are one-to-many', async () => {
    const { status, json } = await shop.ask('GET', '/users?select=friends(*)')
    expect([status, json.code, json.details]).toEqual([
      300,
      'PGRST201',
      [
        {
          cardinality: 'one-to-many',
          embedding: 'users with friends',
          relationship: 'friends_invited_fkey using users(id) and friends(invited)',
        },
        {
          cardinality: 'one-to-many',
          embedding: 'users with friends',
          relationship: 'friends_inviter_fkey using users(id) and friends(inviter)',
        },
      ],
    ])
  })
})

describe('24 no relation', () => {
  it('24 an unknown relation is refused with the schema that was searched', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?select=nothere(*)'))).toEqual({
      status: 400,
      code: 'PGRST200',
      message: "Could not find a relationship between 'orders' and 'nothere' in the schema cache",
      details:
        "Searched for a foreign key relationship between 'orders' and 'nothere' in the schema 'public', but no matches were found.",
    })
  })

  it('24 the nearest related name is proposed', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?select=custommer(*)'))).toEqual({
      status: 400,
      code: 'PGRST200',
      message: "Could not find a relationship between 'orders' and 'custommer' in the schema cache",
      details:
        "Searched for a foreign key relationship between 'orders' and 'custommer' in the schema 'public', but no matches were found.",
      hint: "Perhaps you meant 'customer' instead of 'custommer'.",
    })
  })
})

describe('25 inner, filters, order and limit on embeds', () => {
  it('25 !inner keeps parents with a match; the embed has its own order and limit, per parent', async () => {
    expect(
      await rows(
        '/orders?select=id,customer!inner(name),order_item(product_id)&customer.country=eq.DE&order_item.limit=2&order_item.order=product_id.desc',
      ),
    ).toEqual([
      { id: 1, customer: { name: 'Anna Berg' }, order_item: [{ product_id: 3 }, { product_id: 2 }] },
      { id: 2, customer: { name: 'Anna Berg' }, order_item: [{ product_id: 1 }] },
      { id: 10, customer: { name: 'Anna Berg' }, order_item: [] },
    ])
  })

  it('25 without !inner the filter only empties the embed', async () => {
    expect(await rows('/orders?select=id,customer(name)&customer.country=eq.PT&id=in.(1,3)')).toEqual([
      { id: 1, customer: null },
      { id: 3, customer: { name: 'Bruno Costa' } },
    ])
  })

  it('25 limits count per parent, on every level', async () => {
    expect(
      await rows(
        '/customer?select=id,orders(id,order_item(product_id))&id=in.(1,2)&orders.order=id.desc&orders.limit=2&orders.offset=1&orders.order_item.limit=1&orders.order_item.order=product_id',
      ),
    ).toEqual([
      {
        id: 1,
        orders: [
          { id: 2, order_item: [{ product_id: 1 }] },
          { id: 1, order_item: [{ product_id: 1 }] },
        ],
      },
      {
        id: 2,
        orders: [
          { id: 4, order_item: [{ product_id: 2 }] },
          { id: 3, order_item: [{ product_id: 4 }] },
        ],
      },
    ])
  })

  it('25 !inner works through a to-many and any depth', async () => {
    expect(await rows('/customer?select=id,orders!inner(id,product!inner(name))&orders.product.name=eq.Rug')).toEqual([
      { id: 2, orders: [{ id: 3, product: [{ name: 'Rug' }] }] },
      { id: 3, orders: [{ id: 6, product: [{ name: 'Rug' }] }] },
      { id: 4, orders: [{ id: 15, product: [{ name: 'Rug' }] }] },
    ])
  })

  it('25 a filter on what is not embedded is refused', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?select=id&customer.country=eq.DE'))).toEqual({
      status: 400,
      code: 'PGRST108',
      message: "'customer' is not an embedded resource in this request",
      hint: "Verify that 'customer' is included in the 'select' query parameter.",
    })
  })
})

describe('26 anti-join and semi-join', () => {
  it('26 an embed without columns joins and puts out nothing', async () => {
    expect(await rows('/orders?select=id,customer()&customer=is.null')).toEqual([{ id: 13 }, { id: 14 }])
    expect(await rows('/customer?select=id,orders()&orders=not.is.null')).toEqual([
      { id: 1 },
      { id: 2 },
      { id: 3 },
      { id: 4 },
    ])
    expect(await rows('/customer?select=id,orders()&orders=is.null')).toEqual([{ id: 5 }])
  })

  it('26 it stands in a logic tree, with the filters of the embed', async () => {
    expect(await rows('/customer?select=id,orders()&orders.status=eq.shipped&or=(orders.is.null,id.eq.2)')).toEqual([
      { id: 1 },
      { id: 2 },
      { id: 5 },
    ])
  })

  it('26 any other operator is refused', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?select=id,customer()&customer=eq.1'))).toEqual({
      status: 400,
      code: 'PGRST120',
      message: "Bad operator on the 'customer' embedded resource",
      details: 'Only is null or not is null filters are allowed on embedded resources',
    })
  })
})

describe('27 spread', () => {
  it('27 the columns of a to-one are hoisted, those of a to-many become arrays', async () => {
    expect(await rows('/orders?select=id,...customer(cname:name),...order_item(product_id)&id=in.(1,13)')).toEqual([
      { id: 1, cname: 'Anna Berg', product_id: [1, 2, 3] },
      { id: 13, cname: null, product_id: [] },
    ])
  })

  it('27 a spread holds another spread, and an order of its own', async () => {
    expect(await rows('/order_item?select=quantity,...orders(ref,...customer(name))&order_id=eq.2')).toEqual([
      { quantity: 1, ref: 'R-2', name: 'Anna Berg' },
    ])
    expect(await rows('/orders?select=id,...product(goods:name)&product.order=name&id=eq.1')).toEqual([
      { id: 1, goods: ['Chair', 'Desk', 'Lamps'] },
    ])
  })
})

describe('28 self relations', () => {
  it('28 a self relation named by its column or constraint leads to the parent, with the column as a hint to the children', async () => {
    expect(await rows('/lab?select=id,parent(id),children:lab!parent(id)&id=in.(1,2)&order=id')).toEqual([
      { id: 1, parent: null, children: [{ id: 2 }] },
      { id: 2, parent: { id: 1 }, children: [{ id: 3 }, { id: 4 }] },
    ])
    expect(await rows('/lab?select=id,lab!main(id)&id=eq.1')).toEqual([{ id: 1, lab: [{ id: 2 }, { id: 3 }] }])
    expect(await rows('/lab?select=id,up:parent(name)&id=eq.3')).toEqual([{ id: 3, up: { name: 'Seoul' } }])
    expect(await rows('/lab?select=id,boss:lab!lab_parent_fkey(name)&id=eq.3')).toEqual([
      { id: 3, boss: { name: 'Seoul' } },
    ])
  })

  it('28 the same table stands twice under two names, filtered apart', async () => {
    expect(
      await rows(
        '/customer?select=id,open:orders(id),rest:orders(id)&open.status=eq.open&rest.status=neq.open&id=eq.2',
      ),
    ).toEqual([{ id: 2, open: [{ id: 3 }, { id: 11 }], rest: [{ id: 4 }] }])
    expect(
      await rows('/friends?select=id,from:users!inviter(first_name),to:users!invited(first_name)&from.id=eq.1&id=eq.1'),
    ).toEqual([{ id: 1, from: { first_name: 'Mina' }, to: { first_name: 'Otto' } }])
  })
})

describe('29 computed', () => {
  it('29 a function of the row is a column: selected, filtered, ordered', async () => {
    expect(await rows('/users?select=id,full_name&full_name=like.M*')).toEqual([{ id: 1, full_name: 'Mina Lee' }])
    expect(await rows('/users?select=n:full_name&order=full_name.desc&limit=1')).toEqual([{ n: 'Pia Sanna' }])
    expect(Object.keys(((await rows('/users?limit=1')) as object[])[0]!)).toEqual(['id', 'first_name', 'last_name'])
  })

  it('29 a function of the row that returns rows is a relation: an array, or an object with ROWS 1', async () => {
    expect(
      await rows('/users?select=id,get_messages(body),first_message(body)&order=id&get_messages.order=id.desc'),
    ).toEqual([
      { id: 1, get_messages: [{ body: 'see you' }, { body: 'hello' }], first_message: { body: 'hello' } },
      { id: 2, get_messages: [{ body: 'good morning' }], first_message: { body: 'good morning' } },
      { id: 3, get_messages: [], first_message: null },
    ])
  })
})

it('30 views inherit the foreign keys of their base tables', async () => {
  expect(await rows('/open_orders?select=id,customer(name)&id=in.(1,13)')).toEqual([
    { id: 1, customer: { name: 'Anna Berg' } },
    { id: 13, customer: null },
  ])
  expect(await rows('/customer?select=name,open_orders(ref)&id=eq.2')).toEqual([
    { name: 'Bruno Costa', open_orders: [{ ref: 'R-3' }, { ref: 'R-11' }] },
  ])
  expect(await rows('/open_orders?select=id,product(name)&id=eq.3')).toEqual([{ id: 3, product: [{ name: 'Rug' }] }])
  expect(await rows('/order_summary?select=orders,customer(name)&customer_id=eq.1')).toEqual([
    { orders: 3, customer: { name: 'Anna Berg' } },
  ])
})
