// `DATABASE_URL=… npm start` on a database that nobody here wrote: everything is shown at first try, and nothing in it changes.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoChild, startChild } from './testing/demo-child.ts'
import { fingerprint } from './testing/fingerprint.ts'

const source = await readFile(new URL('../../../shared/data/chinook.sql', import.meta.url), 'utf8').catch((error) => {
  // in CI its absence is a failure
  if (process.env['CI'] === 'true') throw error
  return undefined
})

let folder: string
let database: TestDatabase
let child: DemoChild
let url: string

beforeAll(async () => {
  if (source === undefined) return
  folder = await mkdtemp(join(tmpdir(), 'steward-demo-'))
  database = await testDatabase({ name: 'demo chinook', key: 'chinook', template: loadChinook })
})
afterAll(async () => {
  await child?.end('SIGKILL')
  await database?.drop()
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
})

async function loadChinook(databaseUrl: string): Promise<void> {
  const { openPool } = await import('@steward/postgres')
  const pool = openPool(databaseUrl)
  await pool.query(source as string)
  await pool.end()
}

async function ask(path: string): Promise<{ status: number; text: string; json: unknown }> {
  const answer = await fetch(url + path)
  const text = await answer.text()
  const isJson = answer.headers.get('content-type')?.includes('json') === true
  return { status: answer.status, text, json: isJson ? JSON.parse(text) : null }
}

test.skipIf(source === undefined)(
  'Chinook is served at first try, to whoever sits here, and stays as it was',
  async () => {
    const before = await fingerprint(database.pool)
    child = startChild(folder, ['--port', '0'], { DATABASE_URL: database.url, STEWARD_ACTOR: 'kim' })
    url = await child.says(/Your database +(http:\S+)/)
    expect(child.said()).toContain('steward -- trail track --all')

    expect(await ask('/')).toMatchObject({ status: 200, text: expect.stringContaining('<div id=') })
    expect(await ask('/api/me')).toMatchObject({ status: 200, json: { actor: { id: 'kim' }, role: 'admin' } })
    const artists = await ask('/api/artist?select=name,album(title)&artist_id=eq.1')
    expect(artists.json).toEqual([{ name: 'AC/DC', album: expect.arrayContaining([{ title: 'Let There Be Rock' }]) }])
    expect(await child.end()).toBe(0)
    expect(await fingerprint(database.pool)).toEqual(before)
  },
)

test.skipIf(source === undefined)('a port that is taken is told, and the next one taken instead', async () => {
  const { createServer } = await import('node:net')
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as { port: number }
  try {
    child = startChild(folder, [], { DATABASE_URL: database.url, PORT: String(port) })
    url = await child.says(/Your database +(http:\S+)/)
    expect(child.said()).toContain(`Port ${port} is taken`)
    expect(await ask('/api/me')).toMatchObject({ status: 200 })
    expect(await child.end('SIGTERM')).toBe(0)
  } finally {
    other.close()
  }
})
