// back-office.first-js: how much JavaScript a browser must have before anything is seen.
import { gzipSync } from 'node:zlib'
import { openTrail } from '@steward/trail'
import { serveShop } from '../admin-api/serve-shop.ts'
import type { Measurement, Part, Run } from '../benchmark.ts'
import { figure } from '../figure.ts'

/** Kilobytes, compressed, of the entry and of everything that the document preloads. */
export const firstJs: Part = {
  name: 'back-office.first-js',
  summary: 'what a browser loads before it shows anything',
  seconds: { full: 15, quick: 15 },
  measure: measureFirstJs,
}

async function measureFirstJs({ server, tell }: Run): Promise<Measurement> {
  tell(0, 'building the pages')
  const database = await server.newDatabase('first_js')
  await openTrail({ pool: database.pool }).install()
  const served = await serveShop(database, database)
  try {
    const url = `http://127.0.0.1:${served.port}/`
    const { scripts, styles } = assetsOf(await readText(url), url)
    if (scripts.length === 0) throw new Error('The document of the back office loads no script.')
    tell(0.8, 'weighing them')
    const js = await weigh(scripts)
    const css = await weigh(styles)
    return {
      figures: [
        figure({ name: 'ui.first_js.kb', unit: 'kB', better: 'lower', floor: 450, goal: 350 }, [js]),
        figure({ name: 'ui.first_css.kb', unit: 'kB', better: 'lower' }, [css]),
      ],
      notes: [
        `back-office.first-js: ${scripts.length} scripts that the document names, each gzipped; 1 kB is 1000 bytes.`,
      ],
    }
  } finally {
    await served.end()
    await database.drop()
  }
}

/** What a document loads at once: its scripts with all that it preloads, and its style sheets, by their addresses. */
export function assetsOf(document: string, at: string): { scripts: string[]; styles: string[] } {
  const base = new URL(/<base\s[^>]*href="([^"]*)"/.exec(document)?.[1] ?? '.', at)
  const addressesOf = (tag: RegExp, attribute: string) =>
    [...document.matchAll(/<(?:script|link)\b[^>]*>/g)]
      .filter(([text]) => tag.test(text))
      .flatMap(([text]) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(text)?.[1] ?? [])
      .map((address) => new URL(address, base).href)
  return {
    scripts: [...new Set([...addressesOf(/^<script\b/, 'src'), ...addressesOf(/\brel="modulepreload"/, 'href')])],
    styles: addressesOf(/\brel="stylesheet"/, 'href'),
  }
}

async function weigh(addresses: readonly string[]): Promise<number> {
  const texts = await Promise.all(addresses.map(readText))
  return texts.reduce((sum, text) => sum + gzipSync(text).length, 0) / 1000
}

async function readText(address: string): Promise<string> {
  const answer = await fetch(address, { headers: { accept: 'text/html, */*' } })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${await answer.text()}`)
  return answer.text()
}
