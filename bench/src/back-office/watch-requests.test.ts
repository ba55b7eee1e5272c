// A page that has rows counted is caught, in whichever way it asks; one that does not is not.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OpenedBrowser, openBrowser } from '@steward/tools/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asksForCount, watchRequests } from './watch-requests.ts'

let server: Server
let url: string
let browser: OpenedBrowser

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><link rel="icon" href="data:,">')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
})

test.each([
  ['?limit=51', 'count=exact', true],
  ['?limit=51', 'timezone=Asia/Seoul, count=exact', true],
  ['?select=count()', null, true],
  ['?select=id,items(count())', null, true],
  ['?limit=51', 'timezone=Asia/Seoul', false],
  ['?limit=51', 'count=planned', false],
  ['?select=id,account()', null, false],
  ['', null, false],
])('orders%s with Prefer: %s counts: %s', (query, prefer, expected) => {
  expect(asksForCount({ url: `http://127.0.0.1/api/orders${query}`, prefer })).toBe(expected)
})

test('what a page asks of the API is listened to', async () => {
  const { page, context, close } = await browser.newPage()
  const requests = watchRequests(context)
  await page.goto(url)
  const ask = (path: string, prefer: string) =>
    page.evaluate(`fetch('${path}', { headers: { prefer: '${prefer}' } }).then((answer) => answer.text())`)
  await ask('/api/orders?limit=51', 'timezone=UTC')
  expect(requests.counting).toEqual([])
  await ask('/api/orders?limit=1', 'count=exact')
  await ask('/elsewhere', 'count=exact')
  await requests.settle()
  expect(requests.counting).toEqual([`${url}/api/orders?limit=1`])
  expect(requests.count()).toBe(2)
  await close()
})
