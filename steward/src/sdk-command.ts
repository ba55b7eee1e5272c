// `steward sdk generate`: the types of a database and of the service's procedures, as a file of TypeScript.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { defineErrors } from '@steward/base'
import type { LocalCommand, LocalRequest } from '@steward/cli'
import { schemasOf } from '@steward/contract'
import { generateTypes, type TypedProcedure } from '@steward/entities'
import { openPool } from '@steward/postgres'
import { configName, loadConfig } from './config/load-config.ts'
import type { Configured } from './config/read-configuration.ts'
import { findSchemas } from './find-schemas.ts'

/**
 * What `steward sdk generate` refuses.
 *
 * @example
 * throw typesErrors.STALE({ file: 'database.types.ts', isMissing: false })
 */
export const typesErrors = defineErrors('TYPES', {
  STALE: {
    status: 409,
    message: ({ file, isMissing }: { file: string; isMissing: boolean }) =>
      isMissing ? `There is no file ${file}.` : `${file} is not what the database is like now.`,
    hint: ({ file }: { file: string; isMissing: boolean }) =>
      `Write it with: steward sdk generate --output ${file}. Leave it out of what formats your code: it is compared as text.`,
  },
  FILE_UNWRITABLE: {
    status: 400,
    message: ({ file }: { file: string; problem: string }) => `The file ${file} cannot be written.`,
    details: ({ problem }: { file: string; problem: string }) => problem,
    hint: 'Name another with --output, or print the types with --stdout.',
  },
})

/**
 * The command.
 *
 * @example
 * const locals: LocalCommand[] = [sdkCommand]
 */
export const sdkCommand: LocalCommand = {
  path: ['sdk', 'generate'],
  summary: 'Writes the types of the database, and of your procedures, for TypeScript',
  description: [
    "In the format of Supabase's command line: for createClient<Database>() of @steward/sdk, postgrest-js and supabase-js.",
    'The same database gives the same text: keep the file in your repository, and let CI run this with --check.',
  ].join('\n'),
  options: [
    ['--output <file>', 'where they are written (default: database.types.ts)'],
    ['--schemas <name,name>', 'of what, the default first (default: as `steward serve`)'],
    ['--extra-search-path <name,name>', 'where functions of rows are found, too (default: public)'],
    ['--exact', 'bigint and numeric as text, for createClient({ exact: true })'],
    ['--stdout', 'print them and write nothing'],
    ['--check', 'write nothing, and fail where the file is not up to date'],
  ],
  show: [{ as: 'facts' }],
  examples: ['', '--output src/database.types.ts --schemas public,personal', '--check'],
  run: async (asked) => {
    const config = await loadConfig({ named: configName(asked), folder: process.cwd() })
    const { text, schemas } = await generate(asked, config)
    // Code of the service that the configuration imported may hold something open, as a pool: nobody waits for it.
    if (config.file !== null) setTimeout(() => process.exit(), 500).unref()
    if (asked.options['stdout'] === true) return printed(asked, text)
    const file = textOf(asked, 'output') ?? 'database.types.ts'
    const before = await readFile(file, 'utf8').catch(() => null)
    const isSame = before?.replaceAll('\r\n', '\n') === text
    if (asked.options['check'] === true) {
      if (!isSame) throw typesErrors.STALE({ file, isMissing: before === null })
    } else if (!isSame) await write(file, text)
    return { file, schemas, procedures: config.procedures.length, changed: !isSame }
  },
}

async function generate(asked: LocalRequest, { configuration, procedures }: Configured) {
  const pool = openPool(asked.databaseUrl)
  try {
    const { schemas } = await findSchemas(pool, listOf(asked, 'schemas') ?? configuration.schemas ?? [])
    const extraSearchPath = listOf(asked, 'extraSearchPath') ?? configuration.extraSearchPath ?? ['public']
    const isExact = asked.options['exact'] === true
    const text = await generateTypes(pool, { schemas, extraSearchPath, isExact, procedures: procedures.map(typed) })
    return { text, schemas }
  } finally {
    await pool.end()
  }
}

// Both are zod's: defineProcedure takes nothing else.
function typed({ name, promised }: Configured['procedures'][number]): TypedProcedure {
  return { name, ...schemasOf(promised) } as TypedProcedure
}

async function printed({ options, print }: LocalRequest, types: string): Promise<{ types: string } | undefined> {
  if (options['json'] === true) return { types }
  await print(types.trimEnd())
  return undefined
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  } catch (error) {
    throw typesErrors.FILE_UNWRITABLE({ file, problem: (error as Error).message }, { cause: error })
  }
}

function textOf({ options }: LocalRequest, name: string): string | null {
  const text = options[name]
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null
}

function listOf(asked: LocalRequest, name: string): string[] | null {
  const words = textOf(asked, name)
    ?.split(',')
    .map((word) => word.trim())
  return words?.filter((word) => word !== '') ?? null
}
