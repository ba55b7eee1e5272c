// Builds the back office's pages in a checkout of the repository, where their sources are newer than what was built.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { serveErrors } from '../errors.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))
const config = join(repository, 'steward', 'vite.config.ts')
const target = join(repository, 'steward', 'dist', 'web')

/** All that the pages are made of; tests are not. */
const sources = [
  'foundation/{base,contract,ui}/{package.json,src/**}',
  'sdk/{package.json,src/**}',
  'hosts/web/{package.json,src/**}',
  'capabilities/*/{package.json,src/**}',
  'steward/vite.config.ts',
  'steward/src/web/**',
  'package-lock.json',
]
const isNoSource = /\.test\.tsx?$|\/(testing|proofs|store|migrations)\//

/** Those of earlier sources are kept for a day: a page that is open asks for its assets. */
const keptMs = 24 * 3600 * 1000

let building: { name: string; done: Promise<string> } | null = null

/**
 * The folder of the pages as their sources are now: built already, or built before this returns. Each state of the sources has a
 * folder of its own, so that two processes that build at once do not meet.
 *
 * @throws SERVE_PAGES_BROKEN with what the bundler says
 * @example
 * const folder = await buildPages()
 */
export async function buildPages(): Promise<string> {
  const name = hashOfSources()
  const folder = join(target, name)
  if (building?.name === name) return building.done
  if (existsSync(join(folder, 'index.html'))) return folder
  // One after another: of two in one process the second would empty the folder that the first works in.
  const before = building?.done.catch(() => undefined)
  const begun = { name, done: (before ?? Promise.resolve()).then(() => buildInto(folder)) }
  building = begun
  return begun.done.finally(() => {
    if (building === begun) building = null
  })
}

function hashOfSources(): string {
  const files = sources.flatMap((pattern) => globSync(pattern, { cwd: repository, withFileTypes: true }))
  const paths = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const hash = createHash('sha256')
  for (const path of paths.filter((each) => !isNoSource.test(each)).sort()) {
    hash.update(path.slice(repository.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

async function buildInto(folder: string): Promise<string> {
  const work = `${folder}.${process.pid}`
  await mkdir(target, { recursive: true })
  try {
    await bundle(work)
    await rename(work, folder).catch((error: unknown) => {
      // Somebody else was first, with the same sources.
      if (!existsSync(join(folder, 'index.html'))) throw error
    })
    await forgetOld()
    return folder
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** In a process of its own: it may be ended with the server, and does not hold up requests. */
async function bundle(outDir: string): Promise<void> {
  const program = join(createRequire(config).resolve('vite/package.json'), '..', 'bin', 'vite.js')
  const words = ['build', '--config', config, '--configLoader', 'native', '--outDir', outDir, '--logLevel', 'warn']
  const environment = { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', VITEST: undefined, NODE_OPTIONS: '' }
  const child = spawn(process.execPath, [program, ...words], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  const end = () => child.kill()
  process.once('exit', end)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      said += text.toString()
    })
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  process.off('exit', end)
  if (exitCode !== 0) throw serveErrors.PAGES_BROKEN({ problem: stripVTControlCharacters(said).trim() })
}

async function forgetOld(): Promise<void> {
  for (const name of await readdir(target)) {
    const path = join(target, name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }))
    if (Date.now() - mtimeMs > keptMs) await rm(path, { recursive: true, force: true })
  }
}
