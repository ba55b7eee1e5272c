// Two people edit the same record: the second is told, sees both, and loses nothing; where both edits fit together, both stay.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail } from '@steward/trail'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { nameOf, type OpenedPage, openStage, type Stage, type Tongue, tongues } from './open-stage.ts'

const words = {
  en: {
    preview: 'Preview the change',
    reason: 'Reason',
    save: 'Save 1 field',
    collided: '1 field changed by somebody else while you were typing',
    mine: 'Take mine',
    goOn: 'Go on with this',
    rebased: 'Somebody changed the record meanwhile',
  },
  ko: {
    preview: '바뀔 내용 미리 보기',
    reason: '사유',
    save: '필드 1개 저장',
    collided: '그 사이 다른 사람도 같은 필드 1개를 바꿨어요',
    mine: '내 값 사용',
    goOn: '이대로 계속하기',
    rebased: '그 사이 다른 사람이 이 항목을 바꿔서',
  },
} as const satisfies Record<Tongue, unknown>

let service: TestDatabase
let stage: Stage

beforeAll(async () => {
  service = await testDatabase({ name: 'two editors' })
  await service.pool.query('CREATE TABLE guests (id int PRIMARY KEY, name text NOT NULL, phone text)')
  const trail = openTrail({ pool: service.pool })
  await trail.install()
  await trail.track({ all: true })
  stage = await openStage(service, {}, ['admin'])
})
afterAll(async () => {
  await stage?.close()
  await service?.drop()
})
beforeEach(async () => {
  await service.pool.query(`DELETE FROM guests; INSERT INTO guests VALUES (1, 'Ann', '010-1111')`)
})

async function guest(): Promise<unknown> {
  return (await service.pool.query('SELECT name, phone FROM guests WHERE id = 1')).rows[0]
}

describe.each(tongues)('two people edit one record (%s)', (language) => {
  const said = words[language]

  async function openForm(): Promise<OpenedPage> {
    const opened = await stage.visit('admin', { language })
    await opened.page.goto(`${stage.url}/entities/guests/1/edit`)
    await opened.page.getByLabel(/^Name/).waitFor()
    return opened
  }

  async function save({ page }: OpenedPage): Promise<void> {
    await page.getByLabel(said.reason).fill('T-1')
    await page.getByRole('button', { name: said.save }).click()
  }

  async function edit({ page }: OpenedPage, field: string, value: string): Promise<void> {
    await page.getByLabel(new RegExp(`^${field}`)).fill(value)
    await page.getByRole('button', { name: said.preview }).click()
    await page.getByRole('button', { name: said.save }).waitFor()
  }

  test('the same field: the second sees both values and who wrote the other, and decides', {
    timeout: 120_000,
  }, async () => {
    const [first, second] = [await openForm(), await openForm()]
    await edit(second, 'Name', 'Anna')
    await edit(first, 'Name', 'Annie')
    await save(first)
    await expect.poll(guest, { timeout: 20_000 }).toEqual({ name: 'Annie', phone: '010-1111' })

    await save(second)
    const { page } = second
    await page.getByText(said.collided).waitFor()
    const collision = page.getByRole('group', { name: 'Name' })
    await collision.getByText(nameOf('admin')).waitFor()
    const shown = await collision.innerText()
    for (const value of ['Ann', 'Annie', 'Anna']) expect(shown).toMatch(new RegExp(`\\b${value}\\b`))
    expect(await guest()).toEqual({ name: 'Annie', phone: '010-1111' })

    await collision.getByText(said.mine).click()
    await page.getByRole('button', { name: said.goOn }).click()
    await page.getByRole('button', { name: said.preview }).click()
    await save(second)
    await expect.poll(guest, { timeout: 20_000 }).toEqual({ name: 'Anna', phone: '010-1111' })
    for (const opened of [first, second]) {
      expect(opened.problems).toMatchObject({ errors: [], violations: [], dialogs: [] })
      await opened.close()
    }
  })

  test('other fields: the second is told, looks once more, and both edits stay', { timeout: 120_000 }, async () => {
    const [first, second] = [await openForm(), await openForm()]
    await edit(second, 'Phone', '010-2222')
    await edit(first, 'Name', 'Annie')
    await save(first)
    await expect.poll(guest, { timeout: 20_000 }).toEqual({ name: 'Annie', phone: '010-1111' })

    await save(second)
    await second.page.getByText(said.rebased).waitFor()
    expect(await guest()).toEqual({ name: 'Annie', phone: '010-1111' })
    await second.page.getByRole('button', { name: said.preview }).click()
    await save(second)
    await expect.poll(guest, { timeout: 20_000 }).toEqual({ name: 'Annie', phone: '010-2222' })
    for (const opened of [first, second]) await opened.close()
  })
})
