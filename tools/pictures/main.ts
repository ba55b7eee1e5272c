// `npm run pictures`: makes the pictures of the documents anew, from the real pages over the demo's data.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type OpenedBrowser, openBrowser } from '../browser/browser.ts'
import { repositoryRoot } from '../repository/root.ts'
import { openScene, type Scene } from './open-scene.ts'
import { signIn } from './person.ts'
import { type Picture, pictures } from './pictures.ts'

const folder = join(repositoryRoot, 'docs', 'pictures')
const largestBytes = 150_000
// The pages are bundled anew at a load where somebody works on them.
const patienceMs = 90_000

const stopping = new AbortController()
process.once('SIGINT', () => stopping.abort())
process.exitCode = await makePictures(process.argv.slice(2))

/** Those of these names, or all of them. */
async function makePictures(names: readonly string[]): Promise<number> {
  const wanted = pictures.filter(({ name }) => names.length === 0 || names.includes(name))
  if (wanted.length === 0) {
    console.error(`npm run pictures -- ${pictures.map(({ name }) => name).join(' | ')}`)
    return 2
  }
  const scene = await openScene(stopping.signal)
  const browser = await openBrowser()
  try {
    await mkdir(folder, { recursive: true })
    let failed = 0
    for (const picture of wanted) failed += await make(picture, { browser, scene })
    return failed === 0 ? 0 : 1
  } finally {
    await browser.close()
    await scene.close()
  }
}

/** 1 where something is wrong with it. */
async function make(picture: Picture, { browser, scene }: { browser: OpenedBrowser; scene: Scene }): Promise<number> {
  const { url, facts } = scene
  const opened = await browser.newPage(picture.view)
  const looking = [opened]
  const people = async (role: string) => {
    const another = await browser.newPage(picture.view)
    another.page.setDefaultTimeout(patienceMs)
    looking.push(another)
    return signIn(another.page, facts, { url, role })
  }
  try {
    const { page, problems } = opened
    page.setDefaultTimeout(patienceMs)
    await signIn(page, facts, { url, role: picture.role })
    await picture.show({ page, url, facts, people })
    await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined)
    await page.evaluate('document.fonts.ready.then(() => undefined)')
    const bytes = await page.screenshot({ animations: 'disabled', caret: 'hide' })
    await writeFile(join(folder, `${picture.name}.png`), bytes)
    const wrong = [...problems.errors, ...problems.failedRequests, ...problems.violations]
    if (bytes.length > largestBytes) wrong.push(`larger than ${largestBytes / 1000} kB`)
    console.log(`${picture.name}.png  ${Math.ceil(bytes.length / 1000)} kB`)
    for (const line of wrong) console.error(`  ${line}`)
    return wrong.length === 0 ? 0 : 1
  } catch (error) {
    console.error(`${picture.name}: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  } finally {
    for (const one of looking) await one.close()
  }
}
