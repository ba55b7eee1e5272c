// Runs the example's own program, which makes the ninety days, and reads from its lines how far it is and what is there then.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { repositoryRoot } from '../repository/root.ts'
import { demoErrors } from './errors.ts'
import type { Step } from './progress-bar.ts'

const folder = join(repositoryRoot, 'examples', 'helpdesk')
const Phrase = z.object({ en: z.string(), ko: z.string() })

/** What was planted for the first two stories, and what support must not see. */
const Planted = z.object({
  deletion: z.object({
    customer: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    by: z.object({ name: z.string() }),
    procedure: z.string(),
    operation: z.string(),
    orders: z.array(z.string()),
    items: z.number(),
  }),
  release: z.object({
    procedure: z.string(),
    operation: z.string(),
    orders: z.array(z.string()),
    totals: z.record(z.string(), z.string()),
    corrected: z.array(z.string()),
    edited: z.array(z.string()),
  }),
  masked: z.object({ entity: z.string(), key: z.string(), values: z.record(z.string(), z.string()) }),
})

/** Who signs in how, and what can be tried. */
export const HelpdeskFacts = z.object({
  /** Where the ninety days end. */
  now: z.iso.datetime(),
  changes: z.number(),
  planted: Planted,
  people: z.array(z.object({ email: z.string(), name: z.string(), role: z.string(), password: z.string() })).min(1),
  stories: z
    .array(z.object({ name: z.string(), role: z.string(), begin: z.string(), title: Phrase, text: Phrase }))
    .min(1),
})
/** See the schema of the same name. */
export type HelpdeskFacts = z.infer<typeof HelpdeskFacts>

const Line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), phase: z.string(), done: z.number(), total: z.number() }),
  HelpdeskFacts.extend({ type: z.literal('filled') }),
])

/** What it tells of, one after the other, within one step of ours. */
const phases: Readonly<Record<string, string>> = {
  rows: 'The helpdesk: companies, customers, orders',
  history: 'Importing ninety days of history',
  service: 'Running the service through the last three days',
  finish: 'Counting what is there',
}

/** Where it is filled, how much of it, and who is told how far it is. */
export type FillOrder = {
  databaseUrl: string
  scale: number
  stopping: AbortSignal
  advance: (step: string, share: number, says?: string) => void
}

/** The step that `fillHelpdesk` tells of. */
export const helpdeskStep: Step = { name: 'helpdesk', says: 'The helpdesk', weight: 20 }

/**
 * Fills an empty database; null when it was told to stop before the end.
 *
 * @throws DEMO_NOT_FILLED with the end of what the program said
 */
export async function fillHelpdesk(order: FillOrder): Promise<HelpdeskFacts | null> {
  const { databaseUrl, scale, stopping, advance } = order
  const words = ['--conditions=source', join(folder, 'dist', 'demo', 'main.js'), 'fill', '--scale', String(scale)]
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = () => child.kill('SIGKILL')
  stopping.addEventListener('abort', stop, { once: true })
  process.once('exit', stop)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  try {
    let facts: HelpdeskFacts | null = null
    for await (const text of createInterface({ input: child.stdout })) {
      const line = readLine(text)
      if (line === null) said = `${said}${text}\n`.slice(-4000)
      else if (line.type === 'filled') facts = line
      else advance(helpdeskStep.name, line.done / Math.max(1, line.total), phases[line.phase])
    }
    const exitCode = await ended
    if (stopping.aborted) return null
    if (exitCode !== 0 || facts === null) throw demoErrors.NOT_FILLED({ output: said.trim() })
    return facts
  } finally {
    stopping.removeEventListener('abort', stop)
    process.off('exit', stop)
  }
}

/** Null for what is no line of the program's own. */
function readLine(text: string): z.infer<typeof Line> | null {
  try {
    return Line.parse(JSON.parse(text))
  } catch {
    return null
  }
}
