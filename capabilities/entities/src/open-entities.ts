// Opens the Admin API over a database: the one room that a host mounts.
import { randomBytes } from 'node:crypto'
import type { WebRoom } from '@steward/engine'
import { answerWeb } from './answer-web.ts'
import { watchSchema } from './catalog/watch-schema.ts'
import type { EntitiesOptions, Settings } from './options.ts'

/** The Admin API over one database. */
export type Entities = WebRoom & {
  /** Reads tables, relations and functions again; nobody has to wait for it, changes are noticed within seconds. */
  reload(): Promise<void>
}

/**
 * Reads the schema and opens the Admin API over it. The pool stays the caller's.
 *
 * @throws PostgreSQL's error where the schema cannot be read.
 * @example
 * const entities = await openEntities({ pool, schemas: ['public'] })
 * const answer = await entities.answer({ method: 'GET', path: '/orders', query: 'id=eq.7', headers: {}, body: null, requestId: 'r-1', actor: null, role: null, key: null })
 * await entities.close()
 */
export async function openEntities(options: EntitiesOptions): Promise<Entities> {
  const settings = settingsOf(options)
  const watch = await watchSchema(settings)
  const room = {
    settings,
    cache: () => watch.cache(),
    onSchemaChange: (listener: () => void) => watch.onChange(listener),
  }
  return {
    answer: (request) => answerWeb(room, request),
    reload: () => watch.reload(),
    close: () => watch.close(),
  }
}

/** The options with every default filled in. */
export function settingsOf(options: EntitiesOptions): Settings {
  const { compat = null } = options
  const isPure = compat !== null
  return {
    pool: options.pool,
    schemas: options.schemas,
    extraSearchPath: options.extraSearchPath ?? ['public'],
    maxRows: options.maxRows === undefined ? (isPure ? null : 1000) : options.maxRows,
    allowsPlan: options.allowsPlan ?? false,
    allowsAggregates: options.allowsAggregates ?? true,
    allowsTxOverride: options.allowsTxOverride ?? true,
    requiresReason: !isPure && (options.requiresReason ?? true),
    maxAffectedByPeople: options.maxAffectedByPeople === undefined ? 1000 : options.maxAffectedByPeople,
    maxEmbedDepth: isPure ? null : options.maxEmbedDepth === undefined ? 8 : options.maxEmbedDepth,
    secret: options.secret ?? randomBytes(32).toString('base64url'),
    onError: options.onError ?? warn,
    compat,
    leaveOperation: options.leaveOperation ?? null,
    contracts: options.contracts ?? {},
    office: options.office ?? null,
    procedures: options.procedures ?? null,
    words: options.words ?? {},
    searchBudgetMs: options.searchBudgetMs ?? 300,
    readCalls: options.readCalls ?? null,
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error))
}
