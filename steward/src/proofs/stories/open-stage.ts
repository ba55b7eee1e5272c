// Where stories are played: a service's database, an office, the real server with its pages, a browser, and people who sign in.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { type OpenedBrowser, type OpenedPage, openBrowser, type View } from '@steward/tools/browser'

export type { OpenedPage } from '@steward/tools/browser'

import type { Configuration } from '../../config/configuration.ts'
import { readConfiguration } from '../../config/read-configuration.ts'
import { serveSteward } from '../../serve.ts'
import { createSteward } from '../../steward.ts'

/** The language of a story. */
export type Tongue = 'en' | 'ko'

/** In one language in `npm test`, in both at full scale. */
export const tongues: readonly Tongue[] = process.env['STEWARD_SCALE'] === 'full' ? ['ko', 'en'] : ['ko']

/** A stage; `visit` opens a browser of their own for the person of a role, and signs them in on the page. */
export type Stage = {
  url: string
  service: TestDatabase
  office: TestDatabase
  browser: OpenedBrowser
  visit(role: string, view?: View): Promise<OpenedPage>
  close(): Promise<void>
}

// A loaded machine builds the pages while the first one is opened.
const patienceMs = 25_000
const password = 'a horse, a battery'

/** What the sign-in page says. */
const signInWords = {
  en: { email: 'E-mail', password: 'Password', signIn: 'Sign in' },
  ko: { email: '이메일', password: '비밀번호', signIn: '로그인' },
}

/** Opens a stage over a database that the caller has filled, with a person for each of the roles. */
export async function openStage(
  service: TestDatabase,
  configuration: Configuration,
  roles: readonly string[],
): Promise<Stage> {
  const office = await testDatabase({ name: 'story office' })
  const known = [...readConfiguration(configuration).roles.keys()]
  const steward = createSteward({ databaseUrl: service.url, officeUrl: office.url, roles: known })
  const openOffice = steward.engine.office as NonNullable<typeof steward.engine.office>
  const serving = await serveSteward({
    databaseUrl: service.url,
    configuration,
    office: openOffice,
    actor: { type: 'system', id: 'story' },
    demandsSignIn: true,
    pages: true,
    port: 0,
  })
  const url = serving.backOffice as string
  for (const role of roles) await settle(steward, url, role)
  const browser = await openBrowser()
  const visits: OpenedPage[] = []
  return {
    url,
    service,
    office,
    browser,
    async visit(role, view = {}) {
      const opened = await browser.newPage(view)
      visits.push(opened)
      opened.page.setDefaultTimeout(patienceMs)
      await signIn(opened, url, { role, tongue: view.language ?? 'en' })
      return opened
    },
    async close() {
      await takePictures(visits)
      await browser.close()
      await serving.close()
      await steward.close()
      await office.drop()
    },
  }
}

/** What everybody saw last, for whoever wants to know why a story failed: STEWARD_PICTURES names the folder. */
async function takePictures(visits: readonly OpenedPage[]): Promise<void> {
  const folder = process.env['STEWARD_PICTURES']
  if (folder === undefined) return
  for (const [place, { page }] of visits.entries()) {
    if (!page.isClosed())
      await page.screenshot({ path: `${folder}/${place}.png`, fullPage: true }).catch(() => undefined)
  }
}

/** Their address, by their role. */
export function emailOf(role: string): string {
  return `${role}@helpdesk.example`
}

/** Their name, by their role, as operations and inquiries show it. */
export function nameOf(role: string): string {
  return `${role} 김`
}

async function settle(steward: ReturnType<typeof createSteward>, url: string, role: string): Promise<void> {
  const { output } = await steward.perform({
    procedure: 'access.invitePerson',
    input: { email: emailOf(role), name: nameOf(role), role, url },
    actor: { type: 'system', id: 'story' },
    source: 'system',
  })
  const { link } = output as { link: string }
  const answer = await fetch(`${url}/api/auth/set-password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token: link.slice(link.indexOf('#') + 1), password }),
  })
  if (!answer.ok) throw new Error(`${role} could not set a password: ${await answer.text()}`)
}

async function signIn({ page }: OpenedPage, url: string, { role, tongue }: { role: string; tongue: Tongue }) {
  const words = signInWords[tongue]
  await page.goto(url)
  await page.getByLabel(words.email, { exact: true }).fill(emailOf(role))
  await page.getByLabel(words.password, { exact: true }).fill(password)
  await page.getByRole('button', { name: words.signIn, exact: true }).click()
  await page.getByRole('navigation').first().waitFor()
}
