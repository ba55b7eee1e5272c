// Texts that are in one language only are told: in JSX, in attributes, and in the words themselves.
import { expect, test } from 'vitest'
import { plantHouse } from '../house/testing/plant-house.ts'
import { checkWords } from './words.ts'

const page = 'capabilities/trail/src/pages/a.tsx'

function check(source: string) {
  using planted = plantHouse({ [page]: `// A page.\n${source}\n` })
  return checkWords(planted.root)
}

test('a text in JSX is told, whichever way it is written; signs and numbers are nobody’s language', () => {
  for (const bare of ['<p>Save it</p>', "<p>{'Save it'}</p>", '<p>{`Save it`}</p>', '<p>저장</p>']) {
    expect(check(`export const A = () => ${bare}`).output, bare).toContain(`${page}:2  says`)
  }
  expect(check('export const A = () => <p className="narrow">{words.save} → 1 · {"·"}</p>').isSound).toBe(true)
})

test('an attribute that people hear is told, others are not', () => {
  expect(check('export const A = () => <button aria-label="Close" />').output).toContain('has aria-label="Close"')
  expect(check("export const A = () => <button title={'Close'} />").output).toContain('has title="Close"')
  expect(check('export const A = () => <button type="button" role="tab" />').isSound).toBe(true)
})

test('a phrase without Korean is told, by name', () => {
  const report = check(
    "export const w = defineWords({ save: 'Save', of: ({ n }) => `${n} of all` }, { save: 'Save', of: ({ n }) => `${n} of` })",
  )
  expect(report.output).toContain('"save" without')
  expect(report.output).toContain('"of" without')
  expect(report.read).toBe(2)
  expect(check("export const label = { en: 'Orders', ko: 'Orders' }").isSound).toBe(false)
})

test('phrases in both languages, names that are the same, and phrases of values alone pass', () => {
  const words =
    "defineWords({ save: 'Save', api: 'API', pair: ({ a }) => `${a}: ${a}` }, { save: '저장', api: 'API', pair: ({ a }) => `${a}: ${a}` })"
  expect(check(`export const w = ${words}`)).toMatchObject({ isSound: true, read: 3 })
})
