// A headless Chromium for tests and pictures: pages in a language, a width and a zone, that remember what went wrong in them.
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { unpackChromium } from './unpack-chromium.ts'
import { type Problems, watchPage } from './watch-page.ts'

export type { Page } from 'playwright-core'
export type { Problems } from './watch-page.ts'

/** How a page is looked at. */
export type View = {
  /** In pixels; 1280 unless given. Below 600 it is a phone, with touch. */
  width?: number
  height?: number
  /** English unless given. */
  language?: 'ko' | 'en'
  /** Light unless given. */
  colorScheme?: 'light' | 'dark'
  /** Seoul's unless given. */
  timezone?: string
}

/** A page in a context of its own: nobody else's cookies. */
export type OpenedPage = {
  page: Page
  context: BrowserContext
  /** What went wrong up to now, on all pages of this context. */
  problems: Problems
  close(): Promise<void>
}

/** A running browser. */
export type OpenedBrowser = {
  newPage(view?: View): Promise<OpenedPage>
  close(): Promise<void>
}

// No flag that changes what pages may do: what is proved about foreign pages must hold in everybody's browser.
// A page that never stops asking for memory ends itself before it takes the machine along.
const flags = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
  '--js-flags=--max-old-space-size=1024',
]

/**
 * Starts Chromium, of npm and without anything of the system's.
 *
 * @example
 * const browser = await openBrowser()
 * const { page, problems } = await browser.newPage({ language: 'ko', width: 390 })
 * await page.goto(url)
 * expect(problems.violations).toEqual([])
 * await browser.close()
 */
export async function openBrowser(): Promise<OpenedBrowser> {
  const { path, environment } = await unpackChromium()
  const env = { ...definedOnly(process.env), ...environment }
  const browser = await chromium.launch({ executablePath: path, args: flags, env })
  return {
    newPage: (view = {}) => newPage(browser, view),
    close: () => browser.close(),
  }
}

async function newPage(browser: Browser, view: View): Promise<OpenedPage> {
  const { width = 1280, language = 'en', colorScheme = 'light', timezone = 'Asia/Seoul' } = view
  const isPhone = width < 600
  const context = await browser.newContext({
    viewport: { width, height: view.height ?? (isPhone ? 844 : 800) },
    ...(isPhone ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
    locale: language === 'ko' ? 'ko-KR' : 'en-GB',
    timezoneId: timezone,
    colorScheme,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const problems = await watchPage(context)
  return { page: await context.newPage(), context, problems, close: () => context.close() }
}

function definedOnly(all: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}
