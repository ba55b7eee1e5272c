// Client processes: an answer to each question, and an error that says what went wrong over there.
import { afterEach, expect, test } from 'vitest'
import { type ClientProcess, startClient } from './client-process.ts'

const clients: ClientProcess<{ number: number }, number>[] = []
function open() {
  const client = startClient<{ number: number }, number>(new URL('fixtures/doubling-client.ts', import.meta.url))
  clients.push(client)
  return client
}

afterEach(async () => {
  for (const client of clients.splice(0)) await client.end()
})

test('a client answers question after question', async () => {
  const client = open()
  expect(await client.ask({ number: 2 })).toBe(4)
  expect(await client.ask({ number: 21 })).toBe(42)
})

test('what a client cannot answer is an error here', async () => {
  await expect(open().ask({ number: -1 })).rejects.toThrow('no negative numbers')
})

test('a client that dies in the middle of a question does not leave one waiting', async () => {
  await expect(open().ask({ number: 0 })).rejects.toThrow('ended in the middle')
})

test('a client can be ended twice', async () => {
  const client = open()
  await client.end()
  await expect(client.end()).resolves.toBeUndefined()
})
