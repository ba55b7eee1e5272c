// What Steward answers about entities: what there is, what was found, and what a changeset did.
import type { ChangeFacts, Values } from './trail-shapes.ts'

/** A text for people, in each language. */
export type Text = { en: string; ko: string }

/** A column as this client may see it. */
export type MetaColumn = {
  name: string
  label: Text
  description: Text | null
  /** As SQL writes it. */
  type: string
  /** Below all domains. */
  baseType: string
  isNullable: boolean
  default: string | null
  /** The database gives the value: it cannot be written. */
  isGenerated: boolean
  /** Its only values. */
  enum: string[] | null
  maxLength: number | null
  isKey: boolean
  isUnique: boolean
  references: { entity: string; column: string } | null
  comment: string | null
  readable: boolean
  writable: boolean
  masked: 'hidden' | 'first-letter' | 'last-4' | null
  importance: 'high' | 'normal' | 'low'
}

/** Columns that stand for columns of another entity. */
export type ColumnPair = { from: string; to: string }

/** A way from an entity to another. */
export type MetaRelationship = {
  entity: string
  /** What stands for it in `select`; null where it cannot be embedded. */
  embed: string | null
  cardinality: 'one-to-one' | 'many-to-one' | 'one-to-many' | 'many-to-many' | 'computed'
  columns: ColumnPair[]
  through: { entity: string; from: ColumnPair[]; to: ColumnPair[] } | null
}

/** A procedure of the service that acts on records of an entity; `input` is a JSON Schema. */
export type MetaAction = {
  procedure: string
  summary: string
  description: string | null
  effect: 'read' | 'write' | 'danger'
  input: Readonly<Record<string, unknown>>
}

/** An entity as this client may see it. */
export type MetaEntity = {
  /** `orders`, or `billing.invoices` outside public. */
  entity: string
  schema: string
  name: string
  kind: 'table' | 'partitioned' | 'view' | 'materialized' | 'foreign'
  label: Text
  description: Text | null
  /** The column by which people call a record. */
  title: string | null
  /** The columns that a search looks in. */
  search: string[]
  /** The columns of a list, in this order. */
  list: string[]
  /** Empty where records cannot be told apart. */
  key: string[]
  estimatedRows: number | null
  writes: ('insert' | 'update' | 'delete')[]
  requiresReason: boolean
  maxRows: number | null
  maxAffected: number | null
  /** Whether its changes are in the trail; null where no trail can be. */
  isTracked: boolean | null
  /** Whether a record has an ETag, against lost updates. */
  hasEtag: boolean
  relationships: MetaRelationship[]
  actions: MetaAction[]
  columns: MetaColumn[]
}

/** All that this client may read; `actions` are the procedures that are an action of none of these entities. */
export type Meta = { entities: MetaEntity[]; actions: MetaAction[] }

/** What a search found; `partial` names the entities that took too long. */
export type Found = {
  hits: { entity: string; key: Values; label: string; matched: unknown; [more: string]: unknown }[]
  partial: string[]
}

/**
 * One request of a changeset, in the dialect.
 *
 * @example
 * const paid: ChangesetRequest = { method: 'PATCH', path: '/orders?id=eq.7', body: { status: 'paid' } }
 */
export type ChangesetRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** With its query, percent-encoded. */
  path: string
  headers?: Readonly<Record<string, string>>
  body?: unknown
}

/** What a changeset did. */
export type ChangesetDone = {
  /** What each request would have been answered with. */
  results: { status: number; headers: Record<string, string>; body: unknown }[]
  /** What all of them changed, triggers and cascades included; null where no trail records it. */
  changes: ChangeFacts[] | null
  /** Its id in the trail; null where nothing is kept. */
  operation: string | null
}
