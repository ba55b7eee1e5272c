// The browser that tests and pictures use: unpacked once by however many ask, and honest about what went wrong in a page.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OpenedBrowser, openBrowser } from './browser.ts'

const program = fileURLToPath(new URL('./main.ts', import.meta.url))
const pages: Record<string, string> = {
  '/': '<h1>안녕</h1><button onclick="document.title = 1">Go</button>',
  '/broken': '<script>throw new Error("broken")</script><img src="/gone.png"><script>alert("hello")</script>',
  '/strict': `<script>document.title = 'ran'</script>`,
}
let server: Server
let url: string
let browser: OpenedBrowser

beforeAll(async () => {
  server = createServer(({ url: path = '/' }, response) => {
    const policy = path === '/strict' ? { 'content-security-policy': "default-src 'none'" } : {}
    response.writeHead(path in pages ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', ...policy })
    response.end(`<!doctype html><link rel="icon" href="data:,">${pages[path] ?? ''}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  server.close()
})

test('a page is seen in its language, zone, width and colours', async () => {
  const { page, close } = await browser.newPage({ language: 'ko', width: 390, colorScheme: 'dark' })
  await page.goto(url)
  const seen = await page.evaluate(`({
    language: navigator.language, width: innerWidth, isDark: matchMedia('(prefers-color-scheme: dark)').matches,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  })`)
  expect(seen).toMatchObject({ language: 'ko-KR', isDark: true, zone: 'Asia/Seoul' })
  await close()
})

test('a page in order has no problems', async () => {
  const { page, problems, close } = await browser.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: 'Go' }).click()
  expect(problems).toEqual({ errors: [], failedRequests: [], violations: [], dialogs: [] })
  await close()
})

test('thrown errors, failed requests and dialogs are told', async () => {
  const { page, problems, close } = await browser.newPage()
  await page.goto(`${url}/broken`, { waitUntil: 'networkidle' })
  expect(problems.errors).toEqual([expect.stringContaining('broken')])
  expect(problems.failedRequests).toEqual([`GET ${url}/gone.png 404`])
  expect(problems.dialogs).toEqual(['alert: hello'])
  await close()
})

test('what the content security policy blocks is told, and did not run', async () => {
  const { page, problems, close } = await browser.newPage()
  await page.goto(`${url}/strict`)
  await expect.poll(() => problems.violations).toContainEqual(expect.stringMatching(/^script-src-elem blocked inline/))
  expect(await page.title()).toBe('')
  await close()
})

test('a page of another origin reads no answer: the browser is as strict as any', async () => {
  const { page, close } = await browser.newPage()
  await page.goto(url)
  const other = url.replace('127.0.0.1', 'localhost')
  expect(await page.evaluate(`fetch('${other}/').then((answer) => answer.status, () => 'refused')`)).toBe('refused')
  await close()
})

test('many who begin at once on a new machine unpack one whole program', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'steward-unpack-'))
  try {
    const look = (name: string) =>
      promisify(execFile)(
        process.execPath,
        ['--conditions=source', program, url, '--out', join(folder, name), '--wait', '안녕'],
        { env: { ...process.env, TMPDIR: folder } },
      )
    const looked = await Promise.all(['1.png', '2.png', '3.png'].map(look))
    expect(looked.map(({ stderr }) => stderr)).toEqual(['', '', ''])
    const left = (await readdir(folder)).filter((name) => name.startsWith('steward-chromium-'))
    expect(left).toHaveLength(1)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
