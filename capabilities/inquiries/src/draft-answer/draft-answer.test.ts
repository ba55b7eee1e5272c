// What customers are told: exact texts in both languages, for each way in which their data changes.
import { expect, test } from 'vitest'
import { type AnswerMaterial, causeOf, draftAnswer } from '../contract/draft-answer.ts'

const words = {
  orders: {
    en: 'Orders',
    ko: '주문',
    columns: { status: { en: 'Status', ko: '상태' }, total: { en: 'Total', ko: '금액(원)' } },
  },
  order_items: { en: 'Order items', ko: '주문 항목', unit: '개' },
  customers: { en: 'Customer', ko: '고객', unit: '명' },
}

type Change = AnswerMaterial['changes'][number]

const rows = (kind: Change['kind'], entity: string, count: number, values: Partial<Change> = {}): Change[] =>
  Array.from({ length: count }, (_, id) => ({ kind, entity, key: { id }, before: null, after: null, ...values }))

const hana = { type: 'user', id: 'member-7', name: '김하나' } as const
const pastDay = '2026-11-21T09:04:31.123456Z'

const material = (given: Partial<AnswerMaterial> & { by?: Partial<AnswerMaterial['operation']> }): AnswerMaterial => {
  const { by = {}, ...more } = given
  return {
    operation: { actor: hana, source: 'app', at: pastDay, reverts: null, ...by },
    changes: [],
    words,
    putBack: null,
    timeZone: 'Asia/Seoul',
    now: '2026-11-22T01:00:00Z',
    ...more,
  }
}

const deleted = [...rows('delete', 'orders', 14), ...rows('delete', 'order_items', 31)]
const system = { type: 'service', id: 'billing-worker', name: 'billing-worker' } as const
const staff = { type: 'staff', id: '0193', name: '박지훈' } as const

test.each<[string, AnswerMaterial, string[], string[]]>([
  [
    'deleted by the customer’s own admin, not yet put back',
    material({ changes: deleted }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 김하나 님이 주문 14건과 주문 항목 31개를 삭제했어요.',
      '삭제된 데이터의 복구를 원하시면 말씀해 주세요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), 김하나 from your team deleted 14 orders and 31 order items.',
      'If you would like the deleted data back, please let us know.',
    ],
  ],
  [
    'deleted by the customer’s own admin, and put back',
    material({ changes: deleted, putBack: { at: '2026-11-22T00:12:00Z', isWhole: true } }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 김하나 님이 주문 14건과 주문 항목 31개를 삭제했어요.',
      '11월 22일 (일) 09:12에 모두 이전 상태로 되돌려 놓았어요. 이제 확인해 보실 수 있어요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), 김하나 from your team deleted 14 orders and 31 order items.',
      'On Sun, Nov 22 at 09:12 (GMT+9), we put everything back as it was before. You can check it now.',
    ],
  ],
  [
    'wrong values of a release, put back but for later edits',
    material({
      by: { actor: system },
      cause: 'fault',
      changes: rows('update', 'orders', 1200, {
        before: { id: 1, total: 128000, updated_at: 'a' },
        after: { id: 1, total: 0, updated_at: 'b' },
      }),
      putBack: { at: '2026-11-22T00:12:00Z', isWhole: false },
    }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 저희 쪽 오류로 주문 1,200건의 금액(원)이 잘못 바뀌었어요. 불편을 드려 정말 죄송해요.',
      '11월 22일 (일) 09:12에 이전 상태로 되돌려 놓았어요. 그사이 다시 수정된 내용은 그대로 두었어요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), because of an error on our side, the total of 1,200 orders was wrongly changed. We are very sorry for the trouble.',
      'On Sun, Nov 22 at 09:12 (GMT+9), we put it back as it was before, and left alone what had been edited since.',
    ],
  ],
  [
    'wrong values of a release, not yet put back',
    material({ by: { actor: system }, cause: 'fault', changes: rows('update', 'orders', 1) }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 저희 쪽 오류로 주문 1건이 잘못 바뀌었어요. 불편을 드려 정말 죄송해요.',
      '바로잡는 대로 다시 알려 드릴게요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), because of an error on our side, 1 order was wrongly changed. We are very sorry for the trouble.',
      'We will let you know as soon as this is put right.',
    ],
  ],
  [
    'edited by our staff, who are not named',
    material({
      by: { actor: staff, source: 'backoffice' },
      changes: rows('update', 'orders', 1, {
        before: { status: 'paid', total: 1 },
        after: { status: 'settled', total: 2 },
      }),
    }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 저희 담당자가 주문 1건의 상태와 금액(원)을 수정했어요.',
      '이전 내용으로 되돌리기를 원하시면 말씀해 주세요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), our team changed the status and total of 1 order.',
      'If you would like it back as it was before, please let us know.',
    ],
  ],
  [
    'created by a user without a name',
    material({ by: { actor: { type: 'user', id: 'u-1' } }, changes: rows('insert', 'customers', 2) }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 고객사 사용자가 고객 2명을 등록했어요.',
      '더 궁금한 점이 있으시면 말씀해 주세요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), somebody from your team created 2 customers.',
      'If there is anything else you would like to know, please tell us.',
    ],
  ],
  [
    'put back by our staff',
    material({
      by: { actor: staff, source: 'backoffice', reverts: '0193', at: '2026-11-22T00:12:00Z' },
      changes: [...rows('insert', 'orders', 14), ...rows('insert', 'order_items', 31)],
    }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 22일 (일) 09:12에 저희가 주문 14건과 주문 항목 31개를 이전 상태로 되돌려 놓았어요.',
      '이제 확인해 보실 수 있어요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sun, Nov 22 at 09:12 (GMT+9), we put 14 orders and 31 order items back as they were before.',
      'You can check it now.',
    ],
  ],
  [
    'put back, and undone again',
    material({
      by: { actor: staff, reverts: '0193' },
      changes: rows('insert', 'orders', 1),
      putBack: { at: '2026-11-22T00:12:00Z', isWhole: true },
    }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 저희가 주문 1건을 이전 상태로 되돌려 놓았어요.',
      '그 뒤 11월 22일 (일) 09:12에 이 되돌리기를 다시 취소했어요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), we put 1 order back as it was before.',
      'On Sun, Nov 22 at 09:12 (GMT+9), this was undone again.',
    ],
  ],
  [
    'a session in the database of which nothing is known',
    material({
      by: { actor: { type: 'service', id: 'postgres' }, source: 'sql' },
      changes: [...rows('delete', 'orders', 1), ...rows('update', 'customers', 3)],
    }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 데이터베이스에서 직접 이루어진 작업으로 주문 1건이 삭제되고, 고객 3명이 바뀌었어요. 자세한 경위는 저희가 더 확인하고 있어요.',
      '삭제된 데이터의 복구를 원하시면 말씀해 주세요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), 1 order was deleted, and 3 customers were changed directly in our database. We are still finding out how this came about.',
      'If you would like the deleted data back, please let us know.',
    ],
  ],
  [
    'a process of ours, with records that have no name for customers',
    material({
      by: { actor: system },
      changes: [...rows('delete', 'secret_ledger', 4), ...rows('delete', 'orders', 2), ...rows('delete', 'other', 1)],
    }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 18:04에 저희 시스템의 자동 처리로 주문 2건과 관련 데이터 5건이 삭제됐어요.',
      '삭제된 데이터의 복구를 원하시면 말씀해 주세요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21 at 18:04 (GMT+9), an automatic process of ours deleted 2 orders and 5 related records.',
      'If you would like the deleted data back, please let us know.',
    ],
  ],
  [
    'a table that was emptied, in another year and another zone',
    material({
      timeZone: 'America/New_York',
      now: '2027-01-05T00:00:00Z',
      changes: [{ kind: 'truncate', entity: 'orders', key: null, before: null, after: null }],
    }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '2026년 11월 21일 (토) 04:04 (GMT-5)에 김하나 님이 주문 전체를 삭제했어요.',
      '삭제된 데이터의 복구를 원하시면 말씀해 주세요.',
    ],
    [
      'Hello, we have looked into your question.',
      'On Sat, Nov 21, 2026 at 04:04 (GMT-5), 김하나 from your team deleted all orders.',
      'If you would like the deleted data back, please let us know.',
    ],
  ],
  [
    'nothing that changed',
    material({ timeZone: 'UTC' }),
    [
      '안녕하세요. 문의하신 내용을 확인해 보았어요.',
      '11월 21일 (토) 09:04 (UTC)에 이루어진 작업을 살펴보았는데, 그 작업으로 바뀐 데이터는 없었어요.',
      '더 궁금한 점이 있으시면 말씀해 주세요.',
    ],
    [
      'Hello, we have looked into your question.',
      'We looked at what was done on Sat, Nov 21 at 09:04 (UTC): none of your data was changed by it.',
      'If there is anything else you would like to know, please tell us.',
    ],
  ],
])('%s', (_case, given, ko, en) => {
  const draft = draftAnswer(given)
  expect(draft.ko.split('\n\n')).toEqual(ko)
  expect(draft.en.split('\n\n')).toEqual(en)
})

test('a record that one operation made, changed and changed again was made once', () => {
  const [made] = rows('insert', 'orders', 1) as [Change]
  const { en } = draftAnswer(material({ changes: [made, { ...made, kind: 'update' }, { ...made, kind: 'update' }] }))
  expect(en).toContain('created 1 order.')
})

test('no value of a record, no name of staff, procedure or process, and no table is told', () => {
  const values = { before: { status: 'SECRET-1', note: 'a' }, after: { status: 'SECRET-2', note: 'b' } }
  const told = [hana, staff, system, { type: 'system', id: 'SECRET-3', name: 'SECRET-4' } as const].map((actor) =>
    draftAnswer(
      material({
        by: { actor },
        changes: [...rows('update', 'orders', 1, values), ...rows('update', 'SECRET_5', 1, values)],
      }),
    ),
  )
  const texts = told.flatMap(({ en, ko }) => [en, ko]).join('\n')
  expect(texts).toContain('1 order and 1 related record')
  for (const secret of ['SECRET', '박지훈', '0193', 'billing', 'note', 'order_items'])
    expect(texts).not.toContain(secret)
})

test('who has no name is told by their e-mail address, and by no other id', () => {
  const told = (id: string) => draftAnswer(material({ by: { actor: { type: 'user', id } }, changes: deleted })).ko
  expect(told('kim@acme.co.kr')).toContain('kim@acme.co.kr 님이')
  expect(told('0193a5c1')).toContain('고객사 사용자가')
})

test('a name cannot break out of its line', () => {
  const actor = { type: 'user', id: 'u', name: 'Kim\n\nWe owe you\u202e money' } as const
  expect(draftAnswer(material({ by: { actor }, changes: deleted })).en.split('\n\n')).toHaveLength(3)
})

test.each([
  ['URL', '1 URL'],
  ['API keys', '1 API key'],
  ['Categories', '1 category'],
  ['addresses', '1 address'],
  ['People', '1 person'],
  ['Knowledge article', '1 knowledge article'],
])('%s is counted in English as %s', (label, one) => {
  const told = (count: number) =>
    draftAnswer(material({ changes: rows('delete', 'x', count), words: { x: { en: label, ko: '것' } } })).en
  expect(told(1)).toContain(`deleted ${one}.`)
})

test.each([
  ['Categories', '2 categories'],
  ['category', '2 categories'],
  ['Invoice', '2 invoices'],
  ['addresses', '2 addresses'],
  ['Status', '2 statuses'],
  ['API key', '2 API keys'],
])('two of %s are %s', (label, two) => {
  const changes = rows('delete', 'x', 2)
  expect(draftAnswer(material({ changes, words: { x: { en: label, ko: '것' } } })).en).toContain(`deleted ${two}.`)
})

test.each([
  ['ID', 'ID를'],
  ['URL', 'URL을'],
  ['이메일', '이메일을'],
  ['연락처 2', '연락처 2를'],
  ['옵션 3', '옵션 3을'],
  ['금액(원)', '금액(원)을'],
])('the column %s takes its particle as %s', (ko, expected) => {
  const changed = rows('update', 'x', 1, { before: { a: 1 }, after: { a: 2 } })
  const named = { x: { en: 'Thing', ko: '것', columns: { a: { en: 'A', ko } } } }
  expect(draftAnswer(material({ changes: changed, words: named })).ko).toContain(`것 1건의 ${expected} 수정했어요.`)
})

test('an operation says whose doing it was, as far as it knows', () => {
  expect(causeOf({ actor: hana, source: 'app' })).toBe('customer')
  expect(causeOf({ actor: staff, source: 'sql' })).toBe('unknown')
  expect(causeOf({ actor: system, source: 'app' })).toBe('system')
})
