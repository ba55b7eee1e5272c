// The meter, in a real browser: it begins with the deed, waits for what was asked for and nothing else, and knows what was fetched.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type OpenedBrowser, openBrowser } from '@steward/tools/browser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { measureLoad, measureWait } from './paint-meter.ts'

const document = `<!doctype html><link rel="icon" href="data:,"><button>Show</button><input><ol></ol><script>
  const show = async (text) => {
    document.querySelector('ol').innerHTML = '<li class="waiting">'
    // What is fetched is known once it has been read.
    await (await fetch('/slow?' + text)).text()
    document.querySelector('ol').innerHTML = '<li class="there">' + text
  }
  document.querySelector('button').onclick = () => show('clicked')
  document.querySelector('input').oninput = (event) => show(event.target.value)
  addEventListener('load', () => show('loaded'))
</script>`
const slowMs = 150
let server: Server
let url: string
let browser: OpenedBrowser

beforeAll(async () => {
  server = createServer(({ url: path = '/' }, response) => {
    const answer = () => response.writeHead(200, { 'content-type': 'text/html' }).end(document)
    setTimeout(answer, path.startsWith('/slow') ? slowMs : 0)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
})

const shows = (text: string) => `() => document.querySelector('li.there')?.textContent === '${text}'`

test('a wait lasts from the deed until what was asked for is there, whatever comes before', async () => {
  const { page, close } = await browser.newPage()
  await page.goto(url)
  await page.locator('li.there').waitFor()
  const clicked = await measureWait(page, {
    deed: 'click',
    act: () => page.getByRole('button').click(),
    isThere: shows('clicked'),
  })
  // Timers of two processes: one may be a little early.
  expect(clicked.ms).toBeGreaterThan(slowMs - 10)
  expect(clicked.fetched.map(({ path }) => path)).toEqual(['/slow'])
  const typed = await measureWait(page, {
    deed: 'input',
    act: () => page.getByRole('textbox').fill('typed'),
    isThere: shows('typed'),
  })
  expect(typed.ms).toBeGreaterThan(slowMs - 10)
  expect(await page.evaluate(`document.querySelector('li.there').textContent`)).toBe('typed')
  await close()
})

test('of a document that is loaded, everything counts', async () => {
  const { page, close } = await browser.newPage()
  const { ms, fetched } = await measureLoad(page, { url, isThere: shows('loaded') })
  expect(ms).toBeGreaterThan(slowMs - 10)
  expect(fetched.map(({ path }) => path)).toContain('/slow')
  await close()
})
