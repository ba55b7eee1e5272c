// Text of the database is never HTML: scripts stored in values, names, comments, reasons and names of people do not run.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { formatEntity, quoteIdentifier } from '@steward/postgres'
import { openTrail, withOperation } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage, type Tongue, tongues } from './open-stage.ts'
import { arrive } from './overhear.ts'

const payloads = [
  `<script>window.hacked = 'script'</script>`,
  `<img src=x onerror="window.hacked = 'image'">`,
  `<svg onload="window.hacked = 'svg'"><a href="javascript:window.hacked='link'">x</a>`,
  `"><iframe srcdoc="<script>parent.hacked='frame'</script>"></iframe>`,
  `javascript:window.hacked='address'`,
  `data:text/html,<script>parent.hacked='data'</script>`,
  `</script><script>window.hacked = 'end'</script>`,
  `\${window.hacked='template'} {{constructor.constructor("window.hacked='braces'")()}}`,
]
const [script = '', image = '', svg = ''] = payloads
// The longest name that PostgreSQL takes has 63 bytes.
const table = `<img src=x onerror="window.hacked='table'">`
const column = `<script>window.hacked='column'</script>`

const importWords = {
  en: {
    paste: 'Or paste the rows here, with their head',
    columns: 'Columns',
    check: 'Show what would change',
    result: 'What would happen',
  },
  ko: {
    paste: '또는 머리글 줄까지 여기에 붙여 넣기',
    columns: '열',
    check: '무엇이 바뀌는지 보기',
    result: '이렇게 돼요',
  },
} as const satisfies Record<Tongue, unknown>

let service: TestDatabase
let stage: Stage
let operation: string
let inquiry: number

beforeAll(async () => {
  service = await testDatabase({ name: 'payloads' })
  const { pool } = service
  const [nasty, named] = [quoteIdentifier(table), quoteIdentifier(column)]
  await pool.query(`
    CREATE TABLE ${nasty} (id text PRIMARY KEY, ${named} text, facts jsonb, tags text[]);
    COMMENT ON TABLE ${nasty} IS '${image.replaceAll("'", "''")}';
    COMMENT ON COLUMN ${nasty}.${named} IS '${svg.replaceAll("'", "''")}';
    CREATE TABLE notes (id int PRIMARY KEY, body text);
    CREATE TYPE mood AS ENUM ('<b onclick=alert(1)>', 'calm');
    ALTER TABLE notes ADD mood mood DEFAULT '<b onclick=alert(1)>'`)
  const trail = openTrail({ pool })
  await trail.install()
  await trail.track({ all: true })
  trail.instrument(pool)
  const act = {
    actor: { type: 'user' as const, id: script, name: image },
    procedure: svg,
    params: { [script]: payloads },
    reason: payloads.join(' '),
    source: 'app' as const,
    requestId: script,
  }
  await withOperation(act, async () => {
    for (const [index, payload] of payloads.entries()) {
      await pool.query(`INSERT INTO ${nasty} VALUES ($1, $1, $2, $3)`, [payload, { [payload]: payload }, [payload]])
      await pool.query('INSERT INTO notes VALUES ($1, $2)', [index + 1, payload])
    }
    await pool.query(`UPDATE notes SET body = body || ' ' || body`)
    await pool.query(`UPDATE ${nasty} SET facts = facts || '{"a": 1}'`)
  })
  operation = (await pool.query('SELECT id FROM steward.operation ORDER BY at DESC LIMIT 1')).rows[0].id
  stage = await openStage(service, { service: { name: image } }, ['admin'])
  inquiry = await fillOffice()
})
afterAll(async () => {
  await stage?.close()
  await service?.drop()
})

/** What people type goes into the office: questions, tickets, names of people and of views. Answers with the number of an inquiry. */
async function fillOffice(): Promise<number> {
  const { context, close } = await stage.visit('admin')
  const send = async (path: string, data: unknown): Promise<{ id: number }> => {
    const answer = await context.request.post(`${stage.url}/api${path}`, { data, headers: { origin: stage.url } })
    expect({ path, status: answer.status() }).toEqual({ path, status: 200 })
    return answer.json()
  }
  const ticketUrl = `https://desk.example/t?${new URLSearchParams({ a: script })}#"><script>window.hacked='ticket'</script>`
  const { id } = await send('/inquiries', {
    text: payloads.join('\n'),
    title: script,
    operation,
    ticketUrl: ticketUrl.replaceAll(' ', '%20'),
  })
  await send(`/inquiries/${id}/comment`, { text: payloads.join('\n') })
  await send(`/inquiries/${id}/answer`, { text: payloads.join('\n') })
  await send('/inquiries', { text: image, entity: 'notes', key: '1' })
  await send('/access/invite-person', { email: 'mallory@example.com', name: svg, role: 'admin' })
  for (const ticketUrl of payloads) {
    const data = { text: 'A ticket that is none', ticketUrl }
    const answer = await context.request.post(`${stage.url}/api/inquiries`, { data, headers: { origin: stage.url } })
    expect(answer.status()).toBe(422)
  }
  await close()
  return id
}

const places = (): string[] => {
  const entity = encodeURIComponent(formatEntity({ schema: 'public', name: table }))
  const records = payloads.map((payload) => `/entities/${entity}/${encodeURIComponent(encodeURIComponent(payload))}`)
  return [
    '/',
    '/entities',
    `/entities/${entity}`,
    ...records,
    `${records[0]}/edit`,
    `/entities/${entity}/-/new`,
    '/entities/notes',
    '/entities/notes/2',
    '/entities/notes/2/edit',
    '/trail',
    `/trail/operations/${operation}`,
    `/trail/operations/${operation}/revert`,
    `/trail/blast?procedure=${encodeURIComponent(svg)}`,
    '/trail/tables',
    '/actions',
    '/calls',
    '/inquiries?tab=all',
    '/inquiries/report',
    `/inquiries/${inquiry}`,
    `/inquiries/${inquiry + 1}`,
    '/access/people',
    `/entities/${encodeURIComponent(image)}`,
  ]
}

test.each(tongues)('stored scripts run on no page (%s)', { timeout: 180_000 }, async (language) => {
  const { page, problems, close } = await stage.visit('admin', { language })
  let shown = 0
  for (const place of places()) {
    await arrive({ page }, stage.url + place)
    expect({ place, hacked: await page.evaluate('window.hacked') }).toEqual({ place, hacked: undefined })
    if ((await page.getByRole('main').innerText()).includes('window.hacked')) shown += 1
  }
  // What was not shown has proved nothing.
  expect(shown).toBeGreaterThan(15)
  expect(problems).toMatchObject({ violations: [], dialogs: [], errors: [] })
  await close()
})

test.each(tongues)(
  'what a file brings along runs neither in its preview nor in its diff (%s)',
  { timeout: 120_000 },
  async (language) => {
    const said = importWords[language]
    const { page, problems, close } = await stage.visit('admin', { language })
    await page.goto(`${stage.url}/entities/notes/-/import`)
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const rows = payloads.map((payload, index) => `${index + 1},${cell(payload)},${cell(payload)}`)
    await page.getByLabel(said.paste).fill([`id,body,${cell(image)}`, ...rows, `99,${cell(svg)},`].join('\n'))
    await page.getByRole('table', { name: said.columns }).getByText(image).first().waitFor()
    await page.getByRole('button', { name: said.check }).click()
    const result = page.getByRole('region', { name: said.result })
    await result.getByRole('listitem').filter({ hasText: svg }).first().waitFor()
    expect(await result.getByRole('listitem').count()).toBe(payloads.length + 1)
    expect(await page.evaluate('window.hacked')).toBeUndefined()
    expect(problems).toMatchObject({ violations: [], dialogs: [], errors: [] })
    await close()
  },
)

test('what is stored is shown as it is, letter by letter', async () => {
  const { page, close } = await stage.visit('admin')
  await page.goto(`${stage.url}/entities/notes/1`)
  await page.getByText(`${script} ${script}`).first().waitFor()
  expect(await page.getByRole('main').innerText()).toContain(`${script} ${script}`)
  await page.goto(`${stage.url}/entities/${encodeURIComponent(formatEntity({ schema: 'public', name: table }))}`)
  await page.getByText(script).first().waitFor()
  await close()
})

test('a search for a script finds its record, and runs nothing', async () => {
  const { page, problems, close } = await stage.visit('admin')
  await page.getByRole('combobox').or(page.getByRole('searchbox')).first().fill(script)
  await page.waitForLoadState('networkidle')
  expect(await page.evaluate('window.hacked')).toBeUndefined()
  expect(problems).toMatchObject({ violations: [], dialogs: [] })
  await close()
})

test('no address that the data name becomes a link, unless it is one of the web', async () => {
  const { page, close } = await stage.visit('admin')
  const links = new Set<string>()
  for (const place of ['/entities/notes', `/inquiries/${inquiry}`, `/inquiries/${inquiry + 1}`]) {
    await arrive({ page }, stage.url + place)
    const found = await page.evaluate(`[...document.querySelectorAll('a[href]')].map((link) => link.protocol)`)
    for (const protocol of found as string[]) links.add(protocol)
  }
  expect([...links].sort()).toEqual(['http:', 'https:'])
  await close()
})
