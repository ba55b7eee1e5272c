// Makes a picture of a page: `node --conditions=source tools/browser/main.ts http://127.0.0.1:4848/ --out /tmp/home.png`.
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openBrowser, type Page, type View } from './browser.ts'

const usage = `A picture of a page, and what went wrong in it.

  node --conditions=source tools/browser/main.ts <url> --out picture.png

  --width <pixels>          390 is a phone (default: 1280)
  --height <pixels>
  --language <ko|en>        (default: en)
  --dark
  --timezone <zone>         (default: Asia/Seoul)
  --sign-in <email:password>
  --wait <text>             until this text can be seen
  --click <name>            a button, link, tab or menu item of this name; may be given more than once, in this order
  --press <keys>            after the clicks, as "Control+k" or "r"
  --full                    the whole page, not only what fits on the screen`

const patienceMs = 15_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    width: { type: 'string' },
    height: { type: 'string' },
    language: { type: 'string' },
    dark: { type: 'boolean' },
    timezone: { type: 'string' },
    'sign-in': { type: 'string' },
    wait: { type: 'string' },
    click: { type: 'string', multiple: true },
    press: { type: 'string' },
    full: { type: 'boolean' },
  },
})

const [url] = positionals
if (url === undefined || values.out === undefined) {
  console.error(usage)
  process.exitCode = 2
} else {
  await takePicture(url, values.out)
}

async function takePicture(address: string, out: string): Promise<void> {
  const browser = await openBrowser()
  const { page, problems } = await browser.newPage(readView())
  page.setDefaultTimeout(patienceMs)
  try {
    if (values['sign-in'] !== undefined) await signIn(page, new URL(address).origin, values['sign-in'])
    await page.goto(address)
    await settle(page)
    for (const name of values.click ?? []) {
      await byName(page, name).first().click()
      await settle(page)
    }
    if (values.press !== undefined) await page.keyboard.press(values.press)
    if (values.wait !== undefined) await page.getByText(values.wait).first().waitFor({ timeout: 10_000 })
    await settle(page)
  } catch (error) {
    say(error)
  } finally {
    // Also of a page that did not get there: that is when one wants to see it.
    await page.screenshot({ path: out, fullPage: values.full === true, timeout: 10_000 }).catch(say)
    await Promise.race([browser.close(), wait(5000)])
  }
  console.log(`${out}: ${page.url()}`)
  for (const [kind, lines] of Object.entries(problems)) for (const line of lines) console.log(`${kind}: ${line}`)
  // A page in an endless loop holds its browser, and that would hold us.
  process.exit()
}

function say(error: unknown): void {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

function byName(page: Page, name: string) {
  const roles = ['link', 'tab', 'menuitem', 'option', 'checkbox', 'radio', 'textbox', 'combobox'] as const
  return roles.reduce((found, role) => found.or(page.getByRole(role, { name })), page.getByRole('button', { name }))
}

/** Until nothing is asked of the server any more, and fonts are there; a page that always asks is as it is then. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 5000 }).catch(() => undefined)
  const fonts = page.evaluate('document.fonts.ready.then(() => undefined)')
  if ((await Promise.race([fonts, wait(patienceMs, 'late')])) === 'late')
    throw new Error('The page does not answer any more.')
}

function readView(): View {
  const { language, width, height, timezone } = values
  if (language !== undefined && language !== 'ko' && language !== 'en') throw new Error('--language takes ko or en')
  return {
    ...(width === undefined ? {} : { width: Number(width) }),
    ...(height === undefined ? {} : { height: Number(height) }),
    ...(language === undefined ? {} : { language }),
    ...(timezone === undefined ? {} : { timezone }),
    ...(values.dark === true ? { colorScheme: 'dark' as const } : {}),
  }
}

async function signIn(page: Page, origin: string, who: string): Promise<void> {
  const [, email, password] = /^([^:]+):(.*)$/.exec(who) ?? []
  const response = await page.request.post(`${origin}/api/auth/sign-in`, {
    data: { email, password },
    headers: { origin },
  })
  if (!response.ok()) throw new Error(`Signing in as ${email} was refused: ${await response.text()}`)
}
