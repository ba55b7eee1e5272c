// Statements that PostgreSQL has parsed and planned before, kept by each connection under a name: they need only their values.
import { randomBytes } from 'node:crypto'
import type { Pool } from '@steward/postgres'

/** A statement that a connection keeps: its name there, and the columns that it answers with. */
export type Kept = { name: string; text: string; columns: string[] }

// A plan takes tens of kilobytes of the server's memory, a connection each.
const mostKept = 100
const mostSeen = 1000
const longestText = 8000
// One may be somebody's DEALLOCATE; a pooler that hands connections round loses them again and again.
const mostLost = 3

// A name means one text only, whoever else shares the server's connections: behind a pooler the same name could otherwise be
// another process's statement.
const namePrefix = `steward_${randomBytes(9).toString('base64url')}_`
let named = 0

/** What is known of the statements of a pool; those of each connection hang on it. */
class StatementMemory {
  readonly #seen = new Set<string>()
  readonly #connections = new WeakMap<object, PreparedStatements>()
  #lost = 0
  generation = 0

  /** Those of one connection, or null where the server's connections change hands. */
  of(client: object): PreparedStatements | null {
    if (this.#lost >= mostLost) return null
    const known = this.#connections.get(client)
    if (known !== undefined) return known
    const made = new PreparedStatements(this)
    this.#connections.set(client, made)
    return made
  }

  /** From the second time on: what is asked for once is not worth a place. */
  isWorthKeeping(text: string): boolean {
    if (text.length > longestText) return false
    if (this.#seen.has(text)) return true
    const [oldest] = this.#seen
    if (this.#seen.size >= mostSeen && oldest !== undefined) this.#seen.delete(oldest)
    this.#seen.add(text)
    return false
  }

  lose(): void {
    this.#lost++
  }
}

/** The statements that one connection keeps, those that were used last. */
export class PreparedStatements {
  readonly #memory: StatementMemory
  readonly #kept = new Map<string, Kept>()
  #generation: number
  #closing: string[] = []

  constructor(memory: StatementMemory) {
    this.#memory = memory
    this.#generation = memory.generation
  }

  /** The names that the server may forget; to be told with what is sent next. */
  takeClosing(): string[] {
    if (this.#generation !== this.#memory.generation) {
      this.#generation = this.#memory.generation
      this.#closing.push(...[...this.#kept.values()].map(({ name }) => name))
      this.#kept.clear()
    }
    const closing = this.#closing
    if (closing.length > 0) this.#closing = []
    return closing
  }

  /** The statement of a text that the server knows by name. */
  find(text: string): Kept | null {
    const kept = this.#kept.get(text)
    if (kept === undefined) return null
    this.#kept.delete(text)
    this.#kept.set(text, kept)
    return kept
  }

  /** A name for a text that is to be kept, or null where it is not worth it. */
  nameFor(text: string): string | null {
    return this.#memory.isWorthKeeping(text) ? `${namePrefix}${++named}` : null
  }

  /** It has been parsed, and has answered. */
  keep(statement: Kept): void {
    const twin = this.#kept.get(statement.text)
    if (twin !== undefined) this.drop(twin)
    this.#kept.set(statement.text, statement)
    const [oldest] = this.#kept.values()
    if (this.#kept.size > mostKept && oldest !== undefined) this.drop(oldest)
  }

  /** Whether the server knows it or not, it is not used again under this name. */
  drop({ text, name }: Pick<Kept, 'text' | 'name'>): void {
    if (this.#kept.get(text)?.name === name) this.#kept.delete(text)
    this.#closing.push(name)
  }

  /** The server does not know what it was given to keep. */
  lose(): void {
    this.#kept.clear()
    this.#memory.lose()
  }
}

const memories = new WeakMap<Pool, StatementMemory>()

function memoryOf(pool: Pool): StatementMemory {
  const known = memories.get(pool)
  if (known !== undefined) return known
  const made = new StatementMemory()
  memories.set(pool, made)
  return made
}

/**
 * What a connection of a pool keeps; null where a pooler stands between that gives each transaction another connection.
 *
 * @example
 * const kept = preparedStatements(pool, client)
 */
export function preparedStatements(pool: Pool, client: object): PreparedStatements | null {
  return memoryOf(pool).of(client)
}

/**
 * Has every statement of a pool parsed anew: PostgreSQL notices most changes of a schema by itself, but not that a value
 * would now be of another type.
 *
 * @example
 * forgetStatements(pool)
 */
export function forgetStatements(pool: Pool): void {
  memoryOf(pool).generation++
}
