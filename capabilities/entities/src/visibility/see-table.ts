// What somebody sees of a table or view: the one rule that every statement passes, with the lineage of views applied.
import type { Actor } from '@steward/base'
import { type MaskForm, type Role, type RowCondition, type Visible, visible, type WriteKind } from '@steward/engine'
import { formatEntity, type QualifiedName } from '@steward/postgres'
import type { Lineage } from '../catalog/lineage.ts'
import type { CacheTable, SchemaCache } from '../catalog/schema-cache.ts'

/** Who looks. A role of null is the pure dialect, which holds nothing back. */
export type Onlooker = { role: Role | null; actor: Actor | null; cache: SchemaCache }

/** What is seen of a table, with nothing left to work out. Columns of `masks` and `where` are the table's own. */
export type SeenTable = {
  table: CacheTable
  canRead: boolean
  writes: ReadonlySet<WriteKind>
  /** All must hold, for rows that are read and for rows that are written. */
  where: readonly RowCondition[]
  masks: ReadonlyMap<string, MaskForm>
  /** Null is no limit. */
  maxRows: number | null
  maxAffected: number | null
  requiresReason: boolean
}

/**
 * What somebody sees of a table or view. A view inherits the masks, the row filters and the refusals of what it is made
 * of; where it cannot be told which of its columns would have to be masked or filtered, nothing of it is seen, unless
 * its rule says `isTrusted`.
 *
 * @example
 * const { canRead, masks } = seeTable({ role, actor, cache }, table)
 */
export function seeTable({ role, actor }: Onlooker, table: CacheTable): SeenTable {
  if (role === null) return { table, ...everything }
  const { lineage } = table
  const columns = new Set(table.columns.keys())
  const looking: Looking = { role, actor, isWhole: seesAll(role), looked: new Map() }
  const { isTrusted: _, isNamed: __, ...seen } = look(looking, { lineage, columns })
  return { table, ...seen }
}

/**
 * All tables and views of a schema of which somebody may read something.
 *
 * @example
 * const names = seeTables(onlooker, 'public').map(({ table }) => table.name)
 */
export function seeTables(onlooker: Onlooker, schema: string): SeenTable[] {
  return onlooker.cache
    .tables(schema)
    .map((table) => seeTable(onlooker, table))
    .filter(({ canRead }) => canRead)
}

/**
 * Whether a role reads every row and every column of every entity.
 *
 * @example
 * seesAll(adminRole) // true
 */
export function seesAll({ entities }: Role): boolean {
  const rules = Object.values(entities)
  return Object.hasOwn(entities, '*') && rules.every((rule) => rule.read === true && !rule.where && isEmpty(rule.mask))
}

/**
 * Whether everything may be read of a relation that is not exposed, as of one whose rows a function gives. Its columns are
 * not known here, so that nothing of it can be held back.
 */
export function seeAbsent({ role, actor }: Onlooker, name: QualifiedName): boolean {
  if (role === null) return true
  const seen = visible(role, formatEntity(name), actor)
  return seen.canRead && !isHeldBack(seen)
}

/** Whether rows or columns are held back of a table that may be read. */
export function isHeldBack({ where, masks }: Pick<SeenTable, 'where' | 'masks'>): boolean {
  return where.length > 0 || masks.size > 0
}

const everything: Omit<SeenTable, 'table'> = {
  canRead: true,
  writes: new Set(['insert', 'update', 'delete']),
  where: [],
  masks: new Map(),
  maxRows: null,
  maxAffected: null,
  requiresReason: false,
}

function isEmpty(mask: object | undefined): boolean {
  return mask === undefined || Object.keys(mask).length === 0
}

/** `looked` is what was found of what is read: once each, however many views lead there; null while it is looked at. */
type Looking = { role: Role; actor: Actor | null; isWhole: boolean; looked: Map<Lineage, Visible | null> }
type Looked = { lineage: Lineage; columns: ReadonlySet<string> }

function look(looking: Looking, looked: Looked): Visible {
  const { lineage } = looked
  const known = looking.looked.get(lineage)
  // A view can be made to read itself by CREATE OR REPLACE; PostgreSQL then refuses to run it.
  if (known === null) return ownOf(looking, lineage)
  if (known !== undefined) return known
  looking.looked.set(lineage, null)
  const found = lookInto(looking, looked)
  looking.looked.set(lineage, found)
  return found
}

function ownOf({ role, actor, isWhole }: Looking, lineage: Lineage): Visible {
  const own = visible(role, formatEntity(lineage), actor)
  return isWhole ? own : denied(own)
}

function lookInto(looking: Looking, { lineage, columns }: Looked): Visible {
  const own = visible(looking.role, formatEntity(lineage), looking.actor)
  // A filter on a column that is not there lets nothing through.
  if (own.where.some(({ column }) => !columns.has(column))) return denied(own)
  // A mask that an entity's own rule has on a column that is not there was for one that has another name now.
  if (own.isNamed && [...own.masks.keys()].some((column) => !columns.has(column))) return denied(own)
  if (own.isTrusted) return own
  if (!looking.isWhole && !lineage.isKnown) return denied(own)
  const all = lineage.reads.reduce((seen, read) => inherit(seen, lineage, read, look(looking, read.of)), own)
  return { ...all, masks: maskGenerated(all.masks, lineage) }
}

/** What is computed from a masked column of the same row is not seen at all. */
function maskGenerated(masks: Visible['masks'], { generated }: Lineage): Visible['masks'] {
  const shows = generated.filter(({ column, from }) => masks.has(from) && !masks.has(column))
  if (shows.length === 0) return masks
  return new Map([...masks, ...shows.map(({ column }): [string, MaskForm] => [column, 'hidden'])])
}

type Read = Lineage['reads'][number]

/** What of `below` holds for whatever reads it. */
function inherit(seen: Visible, lineage: Lineage, read: Read, below: Visible): Visible {
  if (!below.canRead) return denied(seen)
  const narrowed: Visible = {
    ...seen,
    writes: new Set([...seen.writes].filter((kind) => below.writes.has(kind))),
    maxRows: smaller(seen.maxRows, below.maxRows),
    maxAffected: smaller(seen.maxAffected, below.maxAffected),
    requiresReason: seen.requiresReason || below.requiresReason,
  }
  if (!isHeldBack(below)) return narrowed
  if (lineage.hasComputed) return denied(seen)
  const masks = inheritMasks(lineage, read, below)
  const where = inheritWhere(lineage, read, below)
  if (masks === null || where === null) return denied(seen)
  return { ...narrowed, masks: strictest(seen.masks, masks), where: [...seen.where, ...where] }
}

/** A masked column that is used and not shown decides on something that nobody knows. */
function inheritMasks(lineage: Lineage, read: Read, below: Visible): [string, MaskForm][] | null {
  const masks: [string, MaskForm][] = []
  for (const [column, form] of below.masks) {
    const shown = shownAs(lineage, read, column)
    if (shown.length === 0 && read.uses.has(column)) return null
    masks.push(...shown.map((name): [string, MaskForm] => [name, form]))
  }
  return masks
}

/** Of what is read twice, a column filters one of the two alone. */
function inheritWhere(lineage: Lineage, read: Read, below: Visible): RowCondition[] | null {
  const where: RowCondition[] = []
  for (const { column, values } of below.where) {
    const [shown] = shownAs(lineage, read, column)
    if (shown === undefined || read.times !== 1) return null
    where.push({ column: shown, values })
  }
  return where
}

function shownAs({ origins }: Lineage, read: Read, column: string): string[] {
  return [...origins].filter(([, origin]) => origin.read === read && origin.column === column).map(([name]) => name)
}

function strictest(masks: Visible['masks'], more: readonly [string, MaskForm][]): Map<string, MaskForm> {
  const all = new Map(masks)
  for (const [column, form] of more) {
    const known = all.get(column) ?? form
    all.set(column, known === form ? form : 'hidden')
  }
  return all
}

function smaller(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b)
}

function denied(seen: Visible): Visible {
  return { ...seen, canRead: false, writes: new Set() }
}
