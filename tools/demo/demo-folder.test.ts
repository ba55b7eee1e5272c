// What the demo remembers between two starts.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDemoFolder } from './demo-folder.ts'

const said = { en: 'gone', ko: '사라졌어요' }
const filled = {
  fingerprint: 'f',
  facts: {
    now: '2026-11-23T00:00:00.000Z',
    changes: 50_000,
    planted: {
      deletion: {
        customer: { id: '1001', name: '김민재', email: 'kim@acme.co.kr' },
        by: { name: '김하나' },
        procedure: 'orders.deleteMany',
        operation: 'o-1',
        orders: ['HD-10482'],
        items: 2,
      },
      release: {
        procedure: 'billing.recalculate',
        operation: 'o-2',
        orders: [],
        totals: {},
        corrected: [],
        edited: [],
      },
      masked: { entity: 'customers', key: '1001', values: { card_last4: '4821' } },
    },
    people: [{ email: 'cx@helpdesk.example', name: '이서연', role: 'cx', password: 'secret' }],
    stories: [{ name: 'deleted-orders', role: 'cx', begin: 'kim@acme.co.kr', title: said, text: said }],
  },
}
let below: string

beforeAll(async () => {
  below = await mkdtemp(join(tmpdir(), 'steward-folder-'))
})
afterAll(() => rm(below, { recursive: true, force: true }))

test('a folder that nobody has used knows nothing', async () => {
  const folder = await openDemoFolder(below)
  expect([await folder.readFilled(), await folder.readRunning()]).toEqual([null, null])
})

test('what was written is found by the next start, and what was forgotten is not', async () => {
  const folder = await openDemoFolder(below)
  await folder.writeFilled(filled)
  await folder.writeRunning({ pid: 7, url: 'http://127.0.0.1:4848' })
  const again = await openDemoFolder(below)
  expect(await again.readFilled()).toEqual(filled)
  expect(await again.readRunning()).toEqual({ pid: 7, url: 'http://127.0.0.1:4848' })
  await again.writeFilled(null)
  expect(await folder.readFilled()).toBeNull()
})

test.each(['', '{"fingerprint":', '{"fingerprint":1}', 'null'])(
  'a note that is no note counts for nothing: %j',
  async (text) => {
    const folder = await openDemoFolder(below)
    await writeFile(join(folder.path, 'filled.json'), text)
    expect(await folder.readFilled()).toBeNull()
  },
)
