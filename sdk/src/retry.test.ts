// What is tried again, what is not, and how long it is waited.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createClient } from './index.ts'
import { withRetries } from './retry.ts'

const url = 'https://steward.example/api'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T12:00:00Z') })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A network that answers in this order, and remembers how long it was left alone before each request. */
function network(...answers: (Response | Error)[]) {
  const asked: string[] = []
  const waited: number[] = []
  let before = Date.now()
  const send: typeof fetch = async (_, init) => {
    asked.push(init?.method ?? 'GET')
    waited.push(Date.now() - before)
    before = Date.now()
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer ?? new Response('[]')
  }
  return { send, asked, waited }
}

const answer = (status: number, headers: Record<string, string> = {}) => new Response('{}', { status, headers })

async function settled<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined)
  await vi.runAllTimersAsync()
  return work
}

test('a read is tried again when nobody answers or the server stumbles, each time later', async () => {
  const { send, asked, waited } = network(new TypeError('fetch failed'), answer(502), answer(503))
  const response = await settled(withRetries(send, { retries: 3, shortest: 100, longest: 150 })(url))
  expect([response.status, asked.length]).toEqual([200, 4])
  const [first, second, third, fourth] = waited as [number, number, number, number]
  expect(first).toBe(0)
  expect(second).toBeGreaterThanOrEqual(50)
  expect(second).toBeLessThanOrEqual(100)
  for (const later of [third, fourth]) {
    expect(later).toBeGreaterThanOrEqual(75)
    expect(later).toBeLessThanOrEqual(150)
  }
})

test('no more often than it was told', async () => {
  const failing = network(new TypeError('1'), new TypeError('2'), new TypeError('3'))
  await expect(settled(withRetries(failing.send, { retries: 2 })(url))).rejects.toThrow('3')
  const { send, asked } = network(answer(504), answer(504), answer(504))
  expect((await settled(withRetries(send, { retries: 1 })(url))).status).toBe(504)
  expect(asked).toHaveLength(2)
  const never = network(answer(503))
  expect((await settled(withRetries(never.send, { retries: 0 })(url))).status).toBe(503)
  expect(never.asked).toHaveLength(1)
})

test('as late as the server asks, in seconds or at an instant, and not where that is too long', async () => {
  const at = new Date('2026-11-22T12:00:09Z').toUTCString()
  const { send, waited } = network(answer(429, { 'Retry-After': '2' }), answer(503, { 'Retry-After': at }))
  expect((await settled(withRetries(send, { retries: 3 })(url))).status).toBe(200)
  expect(waited).toEqual([0, 2000, 7000])
  for (const headers of [{ 'Retry-After': '3600' }, {}]) {
    const patient = network(answer(429, headers))
    expect((await settled(withRetries(patient.send, { retries: 3 })(url))).status).toBe(429)
    expect(patient.asked).toHaveLength(1)
  }
})

test('other refusals are taken at their word', async () => {
  for (const status of [400, 401, 403, 404, 409, 500]) {
    const { send, asked } = network(answer(status))
    expect((await settled(withRetries(send, { retries: 3 })(url))).status).toBe(status)
    expect(asked).toHaveLength(1)
  }
})

test('a write is sent once: without an answer nobody knows whether it was done', async () => {
  for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
    const { send, asked } = network(new TypeError('fetch failed'))
    await expect(settled(withRetries(send, { retries: 3 })(url, { method }))).rejects.toThrow('fetch failed')
    expect(asked).toEqual([method])
    const refusing = network(answer(503, { 'Retry-After': '1' }))
    expect((await settled(withRetries(refusing.send, { retries: 3 })(url, { method }))).status).toBe(503)
    expect(refusing.asked).toEqual([method])
  }
})

test('an abort ends the waiting', async () => {
  const { send, asked } = network(answer(503, { 'Retry-After': '20' }))
  const stop = new AbortController()
  const waiting = withRetries(send, { retries: 3 })(url, { signal: stop.signal })
  waiting.catch(() => undefined)
  await vi.advanceTimersByTimeAsync(1000)
  stop.abort(new Error('no longer needed'))
  await expect(waiting).rejects.toThrow('no longer needed')
  expect(asked).toHaveLength(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('a client tries its queries and its own questions again, three times unless told otherwise', async () => {
  const stumbles = () => Array.from({ length: 3 }, () => answer(503))
  const queried = network(...stumbles())
  const { data } = await settled(
    Promise.resolve(
      createClient({ url, fetch: queried.send })
        .from('orders')
        .select()
        .then((found) => found),
    ),
  )
  expect([data, queried.asked.length]).toEqual([[], 4])
  const asked = network(...stumbles())
  await settled(createClient({ url, fetch: asked.send }).meta())
  expect(asked.asked).toHaveLength(4)
  const once = network(answer(503))
  const { error } = await settled(
    Promise.resolve(
      createClient({ url, fetch: once.send, retries: 0 })
        .from('orders')
        .select()
        .then((found) => found),
    ),
  )
  expect([once.asked.length, (error as { status?: number } | null)?.status]).toEqual([1, 503])
})

test('every request carries the key, the person and what else it was told; only a write carries a reason', async () => {
  const sent: Headers[] = []
  const send: typeof fetch = async (_, init) => {
    sent.push(new Headers(init?.headers))
    return new Response('[]')
  }
  const client = createClient({
    url,
    key: 'stw_1',
    reason: '환불',
    onBehalfOf: '이 하늘',
    headers: { 'X-Team': 'cx' },
    fetch: send,
  })
  await client.from('orders').select()
  await client.from('orders').delete().eq('id', 1)
  await client.revert({ operation: 'x' }, { reason: '또' }).catch(() => undefined)
  for (const headers of sent) {
    expect(headers.get('Authorization')).toBe('Bearer stw_1')
    expect(headers.get('Steward-On-Behalf-Of')).toBe('user:%EC%9D%B4%20%ED%95%98%EB%8A%98')
    expect(headers.get('X-Team')).toBe('cx')
  }
  expect(sent.map((headers) => decodeURIComponent(headers.get('Steward-Reason') ?? '-'))).toEqual(['-', '환불', '또'])
})

test('a person is named as the server reads it', async () => {
  const named: (string | null)[] = []
  const send: typeof fetch = async (_, init) => {
    named.push(new Headers(init?.headers).get('Steward-On-Behalf-Of'))
    return new Response('{}')
  }
  for (const onBehalfOf of [
    '42',
    'staff:kim',
    'a:b',
    { id: '42', name: 'Kim Lee' },
    { type: 'staff' as const, id: 'x;y' },
  ]) {
    await createClient({ url, onBehalfOf, fetch: send }).meta()
  }
  expect(named).toEqual(['user:42', 'staff:kim', 'user:a%3Ab', 'user:42;name=Kim%20Lee', 'staff:x%3By'])
})
