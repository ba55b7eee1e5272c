// Nothing there yet, on its way, failed, not allowed, out of reach: each page says which of these it is, in the reader's language.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail, withOperation } from '@steward/trail'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenedPage, openStage, type Stage, type Tongue, tongues } from './stories/open-stage.ts'
import { arrive, rest } from './stories/overhear.ts'

const words = {
  en: {
    loading: 'Loading…',
    failed: 'That did not work',
    unreachable: 'The server does not answer',
    forbidden: 'Your role does not allow this',
    missing: 'This does not exist, or not any more',
    tryAgain: 'Try again',
    offline: 'You are offline. What you see may be old; nothing you do is saved until you are back.',
    inquiries: 'Inquiries',
    askedNothing: 'Nobody is at one just now',
    noRecords: 'No Rooms yet',
    noMatch: 'Nothing matches',
    noRecord: 'There is no such record',
    noOperation: 'No operation matches',
    noBlast: 'It touched nothing in this period.',
    noActions: 'There are no actions yet',
    noPage: 'Page not found',
    unknownEntity: 'There is no “rooms” that you may read',
    noEntity: 'There is nothing called “rooms”',
    noImport: 'Your role may neither add nor change its records.',
    whatChanges: 'What changes',
    performances: '1 performance',
  },
  ko: {
    loading: '불러오는 중이에요…',
    failed: '잘 되지 않았어요',
    unreachable: '서버가 응답하지 않아요',
    forbidden: '권한이 없어요',
    missing: '없거나 사라졌어요',
    tryAgain: '다시 시도',
    offline: '오프라인이에요. 보이는 내용이 오래됐을 수 있고, 다시 연결될 때까지 저장되지 않아요.',
    inquiries: '문의',
    askedNothing: '지금 확인 중인 문의가 없어요',
    noRecords: '아직 Rooms 항목이 없어요',
    noMatch: '조건에 맞는 항목이 없어요',
    noRecord: '이런 항목이 없어요',
    noOperation: '조건에 맞는 작업이 없어요',
    noBlast: '이 기간에 바뀐 것이 없어요.',
    noActions: '아직 기능이 없어요',
    noPage: '페이지를 찾지 못했어요',
    unknownEntity: '‘rooms’ 데이터를 찾을 수 없어요',
    noEntity: '“rooms”가 없어요',
    noImport: '지금 역할로는 항목을 추가하거나 바꿀 수 없어요.',
    whatChanges: '바뀌는 내용',
    performances: '실행 1번',
  },
} as const satisfies Record<Tongue, unknown>

const always = 'from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z'
const narrow = { permissions: ['entities:meta', 'entities:search'], entities: { guests: { read: true } } }

let service: TestDatabase
let stage: Stage
let operation: string

beforeAll(async () => {
  service = await testDatabase({ name: 'page states' })
  const { pool } = service
  await pool.query(`
    CREATE TABLE guests (id int PRIMARY KEY, name text NOT NULL);
    CREATE TABLE rooms (id int PRIMARY KEY, name text NOT NULL)`)
  const trail = openTrail({ pool })
  await trail.install()
  await trail.track({ all: true })
  trail.instrument(pool)
  const act = { actor: { type: 'user', id: 'kim' }, procedure: 'guests.register', source: 'app' } as const
  await withOperation(act, () => pool.query(`INSERT INTO guests VALUES (1, 'Ann'), (2, 'Ben')`))
  operation = (await pool.query('SELECT id FROM steward.operation ORDER BY at DESC LIMIT 1')).rows[0].id
  stage = await openStage(service, { roles: { narrow } }, ['admin', 'narrow'])
  const { context, close } = await stage.visit('admin')
  const data = { text: 'Where is Ann?', entity: 'guests', key: '1' }
  const asked = await context.request.post(`${stage.url}/api/inquiries`, { data, headers: { origin: stage.url } })
  if (!asked.ok()) throw new Error(await asked.text())
  await close()
})
afterAll(async () => {
  await stage?.close()
  await service?.drop()
})

/** What a page shows once all is well. */
type Shown = { path: string; content: string | RegExp }

/** Every third page in `npm test`, all of them at full scale: what they are told comes from the same furniture. */
function some(pages: readonly Shown[]): Shown[] {
  return pages.filter((_, at) => process.env['STEWARD_SCALE'] === 'full' || at % 3 === 0)
}

/** What a page asks the server for, besides who looks and what there is. */
function isData({ pathname }: URL): boolean {
  return pathname.startsWith('/api/') && !['/api/me', '/api/meta', '/api/events'].includes(pathname)
}

/** Each in a tab of its own, some of them at the same time. */
async function eachInTab<Place>(
  { context }: OpenedPage,
  all: readonly Place[],
  work: (page: OpenedPage['page'], place: Place) => Promise<void>,
): Promise<void> {
  const left = [...all]
  const lane = async () => {
    for (let place = left.shift(); place !== undefined; place = left.shift()) {
      const page = await context.newPage()
      page.setDefaultTimeout(25_000)
      await work(page, place)
      await page.close()
    }
  }
  await Promise.all([lane(), lane(), lane()])
}

describe.each(tongues)('what a page says (%s)', (language) => {
  const said = words[language]

  const pages = (): Shown[] => [
    { path: '/entities/guests', content: 'Ann' },
    { path: '/entities/guests/1', content: 'Ann' },
    { path: '/trail', content: 'guests.register' },
    { path: `/trail/operations/${operation}`, content: 'guests.register' },
    { path: `/trail/operations/${operation}/revert`, content: said.whatChanges },
    { path: `/trail/blast?procedure=guests.register&${always}`, content: said.performances },
    { path: '/inquiries?tab=all', content: 'Where is Ann?' },
    { path: '/calls', content: /\bGET\b/ },
    { path: '/access/people', content: 'admin@helpdesk.example' },
  ]

  test('while it is on its way, that it is; then what has come', { timeout: 120_000 }, async () => {
    const opened = await stage.visit('admin', { language })
    await eachInTab(opened, some(pages()), async (page, { path, content }) => {
      const held = Promise.withResolvers<void>()
      await page.route(isData, async (route) => {
        await held.promise
        await route.continue()
      })
      await page.goto(stage.url + path)
      await page.getByRole('main').getByRole('status').filter({ hasText: said.loading }).first().waitFor()
      expect({ path, shown: await page.getByRole('main').getByText(content).count() }).toEqual({ path, shown: 0 })
      held.resolve()
      await page.getByRole('main').getByText(content).first().waitFor()
      await rest({ page })
    })
    expect(opened.problems).toMatchObject({ errors: [], violations: [] })
    await opened.close()
  })

  test('that it failed, with the code for those who help, and a way to try again', { timeout: 120_000 }, async () => {
    const opened = await stage.visit('admin', { language })
    await eachInTab(opened, some(pages()), async (page, { path, content }) => {
      const refusal = { code: 'SERVER_BROKEN_TODAY', message: 'A disk is full.', details: null, hint: null }
      await page.route(isData, (route) => route.fulfill({ status: 500, json: refusal }))
      await page.goto(stage.url + path)
      const alert = page.getByRole('main').getByRole('alert').filter({ hasText: said.failed }).first()
      await alert.getByText('SERVER_BROKEN_TODAY').waitFor()
      expect({ path, shown: await page.getByRole('main').getByText(content).count() }).toEqual({ path, shown: 0 })
      await page.unroute(isData)
      // A page of several parts has one for each; whoever is asked anew answers.
      const again = page.getByRole('main').getByRole('button', { name: said.tryAgain })
      const shown = page.getByRole('main').getByText(content)
      for (let parts = await again.count(); parts > 0 && (await shown.count()) === 0; parts -= 1) {
        await again.first().click()
        await again.or(shown).first().waitFor()
        await rest({ page })
      }
      await shown.first().waitFor()
    })
    expect(opened.problems).toMatchObject({ violations: [], dialogs: [] })
    await opened.close()
  })

  test('that nothing is there yet, or nothing fits', { timeout: 120_000 }, async () => {
    const opened = await stage.visit('admin', { language })
    const empty: Shown[] = [
      { path: '/entities/rooms', content: said.noRecords },
      { path: '/entities/guests?name=eq.Nobody', content: said.noMatch },
      { path: '/entities/guests/99', content: said.noRecord },
      { path: '/trail?procedure=guests.forget', content: said.noOperation },
      { path: `/trail/operations/${crypto.randomUUID()}`, content: said.missing },
      { path: `/trail/blast?procedure=guests.forget&${always}`, content: said.noBlast },
      { path: '/inquiries?tab=taken', content: said.askedNothing },
      { path: '/actions', content: said.noActions },
      { path: '/nowhere', content: said.noPage },
    ]
    await eachInTab(opened, empty, async (page, { path, content }) => {
      await page.goto(stage.url + path)
      await page.getByRole('main').getByText(content).first().waitFor()
    })
    expect(opened.problems).toMatchObject({ errors: [], violations: [] })
    await opened.close()
  })

  test('that one may not see it', { timeout: 120_000 }, async () => {
    const opened = await stage.visit('narrow', { language })
    const closed: Shown[] = [
      ...pages()
        .map(({ path }) => path)
        .filter((path) => !path.startsWith('/entities'))
        .map((path) => ({ path, content: said.forbidden })),
      { path: '/entities/rooms', content: said.unknownEntity },
      { path: '/entities/rooms/1', content: said.noEntity },
      { path: '/entities/guests/-/import', content: said.noImport },
    ]
    await eachInTab(opened, closed, async (page, { path, content }) => {
      await page.goto(stage.url + path)
      await page.getByRole('main').getByText(content).first().waitFor()
      expect({ path, shown: await page.getByRole('main').getByText('guests.register').count() }).toMatchObject({
        shown: path.includes('procedure=guests.register') ? expect.anything() : 0,
      })
    })
    expect(opened.problems).toMatchObject({ errors: [], violations: [] })
    await opened.close()
  })

  test('that nobody can be reached; what is there stays, and the rest comes later', { timeout: 120_000 }, async () => {
    const opened = await stage.visit('admin', { language })
    const { page, context } = opened
    await arrive(opened, `${stage.url}/entities/guests`)
    await context.setOffline(true)
    await page.getByText(said.offline).waitFor()
    await page.getByRole('main').getByText('Ann').first().waitFor()
    // A page whose own code is not here yet.
    await page.getByRole('navigation').getByRole('link', { name: said.inquiries }).click()
    await page.getByRole('main').getByRole('status').filter({ hasText: said.loading }).first().waitFor()
    await page.getByText(said.offline).waitFor()
    await context.setOffline(false)
    await page.getByText(said.offline).waitFor({ state: 'hidden' })
    await page.getByRole('main').getByText('Where is Ann?').first().waitFor()
    expect(opened.problems).toMatchObject({ violations: [], dialogs: [] })
    await opened.close()
  })

  test('that the server is gone, though the network is there', { timeout: 120_000 }, async () => {
    const opened = await stage.visit('admin', { language })
    await eachInTab(opened, some(pages()), async (page, { path }) => {
      await page.route(isData, (route) => route.abort('connectionrefused'))
      await page.goto(stage.url + path)
      await page.getByRole('main').getByRole('alert').filter({ hasText: said.unreachable }).first().waitFor()
    })
    expect(opened.problems).toMatchObject({ violations: [], dialogs: [] })
    await opened.close()
  })
})
