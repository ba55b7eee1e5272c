// What the demo keeps in its folder: the cluster, who runs it just now, and, written last, that it was filled to the end.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { HelpdeskFacts } from './fill-helpdesk.ts'

/** Whoever runs the demo at the moment; `url` is null until people can open it. */
const Running = z.object({ pid: z.number(), url: z.string().nullable() })
/** See the schema of the same name. */
export type Running = z.infer<typeof Running>

/** What stands in the folder once everything was filled. `fingerprint` tells which example it was filled from. */
const Filled = z.object({ fingerprint: z.string(), facts: HelpdeskFacts })
/** See the schema of the same name. */
export type Filled = z.infer<typeof Filled>

/** The demo's own folder, below the working directory. */
export type DemoFolder = {
  path: string
  cluster: string
  readFilled(): Promise<Filled | null>
  /** Null forgets it: the next start begins anew. */
  writeFilled(filled: Filled | null): Promise<void>
  readRunning(): Promise<Running | null>
  writeRunning(running: Running | null): Promise<void>
}

/** Makes the folder where it is missing. */
export async function openDemoFolder(below: string): Promise<DemoFolder> {
  const path = resolve(below, '.steward', 'demo')
  await mkdir(path, { recursive: true })
  const filled = join(path, 'filled.json')
  const running = join(path, 'running.json')
  return {
    path,
    cluster: join(path, 'postgres'),
    readFilled: () => readNote(filled, Filled),
    writeFilled: (note) => writeNote(filled, note),
    readRunning: () => readNote(running, Running),
    writeRunning: (note) => writeNote(running, note),
  }
}

/** Null when it is not there, or is no such note. */
async function readNote<Note>(path: string, shape: z.ZodType<Note>): Promise<Note | null> {
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return null
  }
}

// Under its final name only when it is whole: who is killed while writing leaves the note as it was.
async function writeNote(path: string, note: object | null): Promise<void> {
  if (note === null) return rm(path, { force: true })
  await writeFile(`${path}.new`, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
