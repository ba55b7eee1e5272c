// The helpdesk as the demo imagines its past: every row as it stands, and every operation that made it so.
import { instant } from './calendar.ts'
import type { Random } from './random.ts'

/** A row, with values as PostgreSQL's JSON writes them. */
export type Row = Record<string, unknown>

/** Tables in an order in which rows can be loaded, each with its key and what the database computes by itself. */
export const tables = {
  workspaces: { key: ['id'], generated: [] },
  subscriptions: { key: ['id'], generated: [] },
  members: { key: ['id'], generated: [] },
  customers: { key: ['id'], generated: [] },
  conversations: { key: ['id'], generated: [] },
  messages: { key: ['id'], generated: [] },
  orders: { key: ['id'], generated: ['number'] },
  order_items: { key: ['order_id', 'line'], generated: ['amount'] },
  refunds: { key: ['id'], generated: [] },
  articles: { key: ['id'], generated: [] },
} as const

/** One of the tables. */
export type Table = keyof typeof tables

/** Who acts, through what, with what, and why. */
export type Act = {
  at: number
  actor: { type: 'user' | 'staff' | 'service' | 'system'; id: string; name: string }
  procedure: string
  params?: unknown
  reason?: string
}

/** What an act does to rows. */
export type Hand = {
  insert(table: Table, row: Row): Row
  /** Changes nothing, and leaves nothing, where the row holds these values already. */
  update(table: Table, row: Row, values: Row): void
  remove(table: Table, row: Row): void
}

/** Columns that the trail does not keep: `track` is told the same. */
export const excludedColumns: Partial<Record<Table, readonly string[]>> = { members: ['token_hash'] }

type Line = { entity: string; kind: string; key: Row; before: Row | null; after: Row | null }

/** All rows by table and key, and the lines of `steward trail import` that lead to them, one list an operation. */
export class World {
  readonly rows: ReadonlyMap<Table, Map<string, Row>>
  readonly operations: string[][] = []
  changes = 0
  readonly #random: Random
  #lastAt = 0

  constructor(random: Random) {
    this.#random = random
    this.rows = new Map((Object.keys(tables) as Table[]).map((table) => [table, new Map()]))
  }

  /** All rows of a table. */
  all(table: Table): Row[] {
    return [...this.tableOf(table).values()]
  }

  /** Whether a row is still there. */
  has(table: Table, row: Row): boolean {
    return this.tableOf(table).get(keyText(table, row)) === row
  }

  /** Performs an operation. No two have the same instant: imported changes are told apart by it. */
  act(act: Act, work: (hand: Hand) => void): void {
    const at = Math.max(act.at, this.#lastAt + 1)
    this.#lastAt = at
    const lines: Line[] = []
    work({
      insert: (table, row) => {
        this.tableOf(table).set(keyText(table, row), row)
        lines.push({ entity: table, kind: 'insert', key: keyOf(table, row), before: null, after: kept(table, row) })
        return row
      },
      update: (table, row, values) => {
        const changed = Object.keys(values).filter((name) => textOf(row[name]) !== textOf(values[name]))
        const [before, after] = [row, values].map((side) => kept(table, pick(side, changed)))
        Object.assign(row, values)
        if (changed.length === 0) return
        lines.push({
          entity: table,
          kind: 'update',
          key: keyOf(table, row),
          before: before ?? null,
          after: after ?? null,
        })
      },
      remove: (table, row) => {
        this.tableOf(table).delete(keyText(table, row))
        lines.push({ entity: table, kind: 'delete', key: keyOf(table, row), before: kept(table, row), after: null })
      },
    })
    if (lines.length > 0) this.#write(lines, { ...act, at })
  }

  #write(lines: readonly Line[], { at, actor, procedure, params = null, reason }: Act): void {
    const id = this.#random.uuid(at)
    const requestId = `req-${id.slice(-8)}`
    const operation = {
      id,
      actor,
      procedure,
      params,
      reason: reason ?? null,
      source: 'app',
      requestId,
      at: instant(at),
    }
    this.operations.push(lines.map((line) => JSON.stringify({ ...line, at: instant(at), operation })))
    this.changes += lines.length
  }

  private tableOf(table: Table): Map<string, Row> {
    return this.rows.get(table) as Map<string, Row>
  }
}

function keyOf(table: Table, row: Row): Row {
  return pick(row, tables[table].key)
}

function keyText(table: Table, row: Row): string {
  return tables[table].key.map((name) => String(row[name])).join(' ')
}

function pick(row: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.map((name) => [name, row[name]]))
}

function kept(table: Table, row: Row): Row {
  const excluded = excludedColumns[table]
  if (excluded === undefined) return { ...row }
  return Object.fromEntries(Object.entries(row).filter(([name]) => !excluded.includes(name)))
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? ''
}
