// `steward init`: writes a steward.config.ts for a database that exists already.
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { cliErrors, type LocalCommand, type LocalRequest } from '@steward/cli'
import { openPool, readCatalog } from '@steward/postgres'
import { configErrors } from './config/errors.ts'
import { findConfig } from './config/find-config.ts'
import { type Proposal, proposeConfiguration } from './init/propose-configuration.ts'
import { readIndexedColumns } from './init/read-indexed-columns.ts'
import { writeConfiguration } from './init/write-configuration.ts'

/**
 * The command.
 *
 * @example
 * const locals: LocalCommand[] = [initCommand]
 */
export const initCommand: LocalCommand = {
  path: ['init'],
  summary: 'Writes a steward.config.ts for this database, to be looked through',
  description: [
    'It reads the catalog and no rows, and proposes what entities are called, which columns the search box looks in, and a',
    'role for support with masks for what looks personal. A file that is there is left alone.',
  ].join('\n'),
  options: [
    ['--stdout', 'print it, and write nothing'],
    ['--force', 'write over the configuration that is there'],
  ],
  show: [
    { as: 'facts', columns: ['file', 'entities', 'masked'] },
    { as: 'text', of: 'text' },
    { as: 'lines', of: 'next', title: 'Next' },
  ],
  examples: ['', '--stdout'],
  run: async (asked) => {
    const isPrinted = asked.options['stdout'] === true
    const file = isPrinted ? null : await placeFor(asked, process.cwd())
    const proposal = await propose(asked.databaseUrl)
    const text = writeConfiguration(proposal)
    if (file === null) return { text }
    await writeFile(file, text, { flag: asked.options['force'] === true ? 'w' : 'wx' })
    return {
      file: relative(process.cwd(), file),
      entities: Object.keys(proposal.entities).length,
      masked: proposal.masked,
      next: [
        'Look through it: labels, masks and roles are guesses from names and comments.',
        'Check it: steward doctor. Then serve with it: steward serve',
      ],
    }
  },
}

async function propose(databaseUrl: string): Promise<Proposal> {
  const pool = openPool(databaseUrl)
  try {
    return proposeConfiguration({ catalog: await readCatalog(pool), indexed: await readIndexedColumns(pool) })
  } finally {
    await pool.end()
  }
}

/** A new file in this folder, or with --force the one that holds here already. */
async function placeFor({ options, env }: LocalRequest, folder: string): Promise<string> {
  const { config } = options
  if (config !== undefined) {
    throw cliErrors.USAGE({
      problem: '--config names a configuration to read.',
      hint: 'Leave it out: init writes into this folder.',
    })
  }
  const there = await findConfig({ named: env['STEWARD_CONFIG'], folder })
  if (there === null) return join(folder, (await isCommonJs(folder)) ? 'steward.config.mts' : 'steward.config.ts')
  if (options['force'] === true) return there
  throw configErrors.EXISTS({ file: relative(folder, there) })
}

/** Node would take a .ts there for CommonJS, where `import` means nothing. */
async function isCommonJs(folder: string): Promise<boolean> {
  try {
    const { type } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { type?: unknown }
    return type === 'commonjs'
  } catch {
    return false
  }
}
