// An inquiry from its question to its answer, through the corridor, in a real office.
import { wordsOf } from '@steward/contract'
import { openTrail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inquiriesContract } from './contract.ts'
import type { Colleague } from './person.ts'
import { jihoon, kim, type Office, openTestOffice, sora } from './testing/office.ts'

let office: Office

const revert = '01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11'

beforeAll(async () => {
  office = await openTestOffice('inquiries')
})
afterAll(() => office.close())

test('a question is asked, taken, talked about, solved, answered, opened again, answered and closed', async () => {
  const asked = await office.ask('Their orders are gone 🙈\nSince yesterday.', {
    entity: 'public.customers',
    key: '7',
    ticketUrl: 'https://desk.example.com/t/42?tab=all#last',
  })
  expect(asked).toMatchObject({
    title: 'Their orders are gone 🙈',
    text: 'Their orders are gone 🙈\nSince yesterday.',
    state: 'open',
    subject: { kind: 'record', entity: 'customers', key: '7' },
    ticketUrl: 'https://desk.example.com/t/42?tab=all#last',
    askedBy: sora,
    owner: null,
    answer: null,
    minutesToAnswer: null,
    entries: [],
    operations: [],
    comments: 0,
  })
  const { id } = asked
  expect(await office.perform('take', { id }, { by: jihoon })).toMatchObject({ state: 'taken', owner: jihoon })
  await office.perform('comment', { id, text: '어느 계정인가요?' }, { by: jihoon })
  await office.perform('comment', { id, text: 'The first one.' })
  await office.perform('link', { id, operation: revert.toUpperCase() }, { by: jihoon })
  const answered = await office.perform('answer', { id, text: 'Their own admin; they are back.' }, { by: jihoon })
  expect(answered).toMatchObject({
    state: 'answered',
    answer: 'Their own admin; they are back.',
    answeredBy: jihoon,
    minutesToAnswer: expect.any(Number),
    comments: 2,
    operations: [{ operation: revert, linkedBy: jihoon }],
  })
  const reopened = await office.perform('reopen', { id })
  expect(reopened).toMatchObject({
    state: 'taken',
    owner: jihoon,
    answer: null,
    answeredBy: null,
    minutesToAnswer: null,
  })
  await office.perform('answer', { id, text: 'Now they are.' }, { by: kim })
  const closed = await office.perform('close', { id })
  expect(closed).toMatchObject({ state: 'closed', owner: jihoon, answer: 'Now they are.', answeredBy: kim })
  expect(closed.entries.map(({ kind, by, text, operation }) => [kind, by.id, text ?? operation])).toEqual([
    ['taken', 'jihoon', null],
    ['comment', 'jihoon', '어느 계정인가요?'],
    ['comment', 'sora', 'The first one.'],
    ['linked', 'jihoon', revert],
    ['answer', 'jihoon', 'Their own admin; they are back.'],
    ['reopened', 'sora', null],
    ['answer', 'kim', 'Now they are.'],
    ['closed', 'sora', null],
  ])
  expect(await office.perform('read', { id })).toEqual(closed)
})

test('every deed is an operation in the trail of the office, with its changes', async () => {
  const { id } = await office.ask('Who?', {}, kim)
  await office.perform('take', { id }, { by: jihoon, reason: 'on call' })
  const history = await openTrail({ pool: office.pool }).history('steward_office.inquiries_inquiry', id)
  expect(
    history.map(({ kind, operation }) => [kind, operation.procedure, operation.actor.id, operation.reason]),
  ).toEqual([
    ['update', 'inquiries.take', 'jihoon', 'on call'],
    ['insert', 'inquiries.ask', 'kim', null],
  ])
})

test('a dry run says what would be, and changes nothing', async () => {
  const { id } = await office.ask('Would you?')
  expect(await office.perform('take', { id }, { isDryRun: true })).toMatchObject({ state: 'taken', owner: sora })
  expect(await office.perform('read', { id })).toMatchObject({ state: 'open', owner: null, entries: [] })
})

test('of many who take an inquiry at once one gets it, and the others hear who', async () => {
  const { id } = await office.ask('Mine!')
  const takers = Array.from({ length: 8 }, (_, place) => ({
    type: 'staff' as const,
    id: `t${place}`,
    name: `T ${place}`,
  }))
  const outcomes = await Promise.allSettled(takers.map((by) => office.perform('take', { id }, { by })))
  const { owner, entries } = await office.perform('read', { id })
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused).toHaveLength(7)
  for (const error of refused) {
    expect(error).toMatchObject({ code: 'INQUIRIES_TAKEN', status: 409 })
    expect(error.message).toBe(`${owner?.name} has taken inquiry ${id} already.`)
  }
  expect(entries.map(({ kind }) => kind)).toEqual(['taken'])
  const again = await office.perform('take', { id }, { by: takers.find((taker) => taker.id === owner?.id) as never })
  expect(again.entries).toHaveLength(1)
})

test('of two who answer at once one is heard, and the other told that it is answered', async () => {
  const { id } = await office.ask('Twice?')
  const outcomes = await Promise.allSettled(
    [jihoon, kim].map((by) => office.perform('answer', { id, text: `I am ${by.id}` }, { by })),
  )
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused).toMatchObject([
    { code: 'INQUIRIES_WRONG_STATE', message: `Inquiry ${id} is answered: it cannot be answered again.` },
  ])
  const { answer, answeredBy, owner } = await office.perform('read', { id })
  expect(answer).toBe(`I am ${answeredBy?.id}`)
  expect(owner).toEqual(answeredBy)
})

test('an inquiry is given to somebody by e-mail or id, taken from them, and given to nobody', async () => {
  const { id } = await office.ask('For whom?')
  const to = (person: string | null) => office.perform('assign', { id, person })
  expect(await to('KIM@example.com')).toMatchObject({ state: 'taken', owner: kim })
  expect((await to('kim')).entries).toHaveLength(1)
  expect(await to('jihoon')).toMatchObject({ state: 'taken', owner: jihoon })
  const released = await to(null)
  expect(released).toMatchObject({ state: 'open', owner: null })
  expect(released.entries.map(({ kind, to: whom }) => [kind, whom?.id])).toEqual([
    ['assigned', 'kim'],
    ['assigned', 'jihoon'],
    ['released', undefined],
  ])
  for (const person of ['gone@example.com', 'gone', 'nobody']) {
    await expect(to(person)).rejects.toMatchObject({ code: 'INQUIRIES_PERSON_NOT_FOUND', status: 404 })
  }
})

test('it can be given to the people of the installation and to whoever has asked before, by name', async () => {
  await office.ask('I am new', {}, { type: 'staff', id: 'lee', name: 'Lee' })
  await office.ask('I am a key', {}, { type: 'service', id: 'stw_robot', name: 'robot' })
  const listed = await office.perform<Colleague[]>('people')
  expect(listed).toContainEqual({ id: 'kim', name: 'Kim Lee', email: 'kim@example.com' })
  expect(listed).toContainEqual({ id: 'lee', name: 'Lee', email: null })
  const ids = listed.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).not.toContain('gone')
  expect(ids).not.toContain('stw_robot')
})

test('what does not go from a state is refused with where it stands, and changes nothing', async () => {
  const { id } = await office.ask('In which state?')
  const refuse = (procedure: string, message: string, more = {}) =>
    expect(office.perform(procedure, { id, ...more })).rejects.toMatchObject({
      code: 'INQUIRIES_WRONG_STATE',
      status: 409,
      message,
    })
  await refuse('reopen', `Inquiry ${id} is open: it cannot be opened again.`)
  await office.perform('close', { id })
  await refuse('close', `Inquiry ${id} is closed: it cannot be closed again.`)
  await refuse('take', `Inquiry ${id} is closed: it cannot be taken.`)
  await refuse('answer', `Inquiry ${id} is closed: it cannot be answered.`, { text: 'no' })
  await refuse('assign', `Inquiry ${id} is closed: it cannot be given to anybody.`, { person: 'kim' })
  const { entries } = await office.perform('read', { id })
  expect(entries.map(({ kind }) => kind)).toEqual(['closed'])
  await office.perform('comment', { id, text: 'After the end' })
  expect(await office.perform('reopen', { id })).toMatchObject({ state: 'open', owner: null, closedAt: null })
})

test('an operation is linked once, and taken off once', async () => {
  const { id } = await office.ask('Which operation?')
  await office.perform('link', { id, operation: revert })
  expect((await office.perform('link', { id, operation: revert }, { by: kim })).entries).toHaveLength(1)
  expect((await office.perform('unlink', { id, operation: revert })).operations).toEqual([])
  await expect(office.perform('unlink', { id, operation: revert })).rejects.toMatchObject({
    code: 'INQUIRIES_LINK_NOT_FOUND',
  })
})

test('a thread takes a thousand entries, and an answer after them', async () => {
  const { id } = await office.ask('How long?')
  await office.pool.query(
    `INSERT INTO steward_office.inquiries_entry (inquiry_id, kind, by_type, by_id, text)
     SELECT $1, 'comment', 'staff', 'kim', 'again' FROM generate_series(1, 1000)`,
    [id],
  )
  await expect(office.perform('comment', { id, text: 'more' })).rejects.toMatchObject({ code: 'INQUIRIES_THREAD_FULL' })
  expect(await office.perform('answer', { id, text: 'enough' })).toMatchObject({ state: 'answered', comments: 1000 })
})

test.each(['read', 'take', 'assign', 'close', 'reopen', 'comment', 'answer', 'link', 'unlink'])(
  '%s of an inquiry that does not exist says so',
  async (procedure) => {
    const more = {
      ...(procedure === 'comment' || procedure === 'answer' ? { text: 'x' } : {}),
      ...(procedure.endsWith('link') ? { operation: revert } : {}),
    }
    await expect(office.perform(procedure, { id: 2_147_483_647, ...more })).rejects.toMatchObject({
      code: 'INQUIRIES_NOT_FOUND',
      status: 404,
    })
  },
)

test.each(Object.entries(inquiriesContract))('%s is refused without its permission', async (name, promised) => {
  const { permission } = wordsOf(promised)
  const { id } = await office.ask('May I?')
  const input = { ask: { text: 'x' }, list: {}, people: {}, attention: {}, week: {} }[name] ?? {
    id,
    ...(name === 'comment' || name === 'answer' ? { text: 'x' } : {}),
    ...(name.endsWith('link') ? { operation: revert } : {}),
  }
  const others = Object.values(inquiriesContract)
    .map((each) => wordsOf(each).permission)
    .filter((each) => each !== permission)
  await expect(office.perform(name, input, { permissions: others })).rejects.toMatchObject({
    code: 'ENGINE_NOT_PERMITTED',
    status: 403,
  })
  if (name !== 'unlink' && name !== 'reopen') await office.perform(name, input, { permissions: [permission] })
})
