// Keeps a schema cache that follows the schema: read at the start, read again when somebody says so or the catalog changed.
import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Queryable } from '@steward/postgres'
import { forgetStatements } from '../dialect/prepared-statements.ts'
import type { Settings } from '../options.ts'
import { listen } from './listen.ts'
import { readSchemaCache } from './read-schema-cache.ts'
import type { SchemaCache } from './schema-cache.ts'

/** What to watch, and how often to look. */
export type WatchOptions = Pick<Settings, 'pool' | 'schemas' | 'extraSearchPath'> & {
  /** What `NOTIFY` is heard on; `pgrst` unless given. */
  channel?: string
  /** How often the catalog is looked at, in milliseconds; 5 seconds unless given. */
  pollEveryMs?: number
  /** Told what went wrong when nobody waits for the answer: the old cache stays, and it is tried again. */
  onError?: (error: unknown) => void
}

/** A cache that is replaced as a whole: whoever took it may go on with it. */
export type SchemaWatch = {
  cache(): SchemaCache
  /** Reads the schema again; where that fails the old cache stays. */
  reload(): Promise<void>
  /** Calls the listener after each further reading, until what it answers with is called. */
  onChange(listener: () => void): () => void
  /** Stops looking and listening; the cache stays as it is. */
  close(): Promise<void>
}

const fingerprint = readFileSync(new URL('../../sql/fingerprint.sql', import.meta.url), 'utf8')

/**
 * Reads the schema and goes on watching it: `NOTIFY pgrst, 'reload schema'` has it read again at once, and changes that
 * nobody tells of are noticed within some seconds. No request waits for that or fails because of it, and neither timers nor
 * the connection that listens keep the process alive.
 *
 * @example
 * const watch = await watchSchema({ pool, schemas: ['public'], extraSearchPath: [] })
 * watch.cache().table('public', 'orders')
 * await watch.close()
 */
export async function watchSchema(options: WatchOptions): Promise<SchemaWatch> {
  const { pool, pollEveryMs = 5000, onError = () => undefined } = options
  let seen: string | null = await readFingerprint(pool)
  let cache = await readSchemaCache(pool, options)
  const changes = new EventEmitter().setMaxListeners(0)
  let isClosed = false
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  async function readAgain(): Promise<void> {
    // Until the new cache is there no fingerprint fits it, so that a failure is tried again at the next look.
    seen = null
    // Taken first: what changes in between is then noticed at the next look.
    const current = await readFingerprint(pool)
    cache = await readSchemaCache(pool, options)
    seen = current
    forgetStatements(pool)
    changes.emit('change')
  }

  // Whoever asks while it is being read waits for another reading: the one that runs may have begun before the change.
  function reload(): Promise<void> {
    if (next) return next
    const begin = () => {
      next = undefined
      running = readAgain().finally(() => {
        running = undefined
      })
      return running
    }
    if (!running) return begin()
    next = running.then(begin, begin)
    return next
  }

  // Over the connection that listens: a question every few seconds would keep one of the pool from ever being idle.
  async function look(): Promise<void> {
    if (!running && (await readFingerprint(listening.connection() ?? pool)) !== seen && !isClosed) await reload()
  }

  function tell(error: unknown): void {
    if (!isClosed) onError(error)
  }

  // One look after the other, however long one takes.
  function schedule(): void {
    if (isClosed) return
    timer = setTimeout(() => void look().catch(tell).finally(schedule), pollEveryMs).unref()
  }

  const listening = listen(pool, options.channel ?? 'pgrst', {
    // What was said while nobody listened is lost.
    onListening: () => void look().catch(tell),
    onMessage: (payload) => {
      if (payload === '' || payload === 'reload schema') void reload().catch(tell)
    },
    onError: tell,
  })
  schedule()

  return {
    cache: () => cache,
    reload,
    onChange: (listener) => {
      changes.on('change', listener)
      return () => changes.off('change', listener)
    },
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await listening.stop()
      await (next ?? running)?.catch(() => undefined)
    },
  }
}

async function readFingerprint(queryable: Queryable): Promise<string> {
  const { rows } = await queryable.query<{ fingerprint: string }>(fingerprint)
  return (rows[0] as { fingerprint: string }).fingerprint
}
