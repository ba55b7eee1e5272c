// What Steward answers about entities: what there is, what was found, and what a changeset did.
import type { ChangeFacts, Values } from './trail-shapes.ts'

/** A text for people, in each language. */
export type Text = { en: string; ko: string }

/** A column as this client may see it. */
export type MetaColumn = {
  name: string
  label: Text
  /** As SQL writes it. */
  type: string
  isNullable: boolean
  default: string | null
  isGenerated: boolean
  enum: string[] | null
  isKey: boolean
  readable: boolean
  writable: boolean
  masked: string | null
  [more: string]: unknown
}

/** An entity as this client may see it. */
export type MetaEntity = {
  /** `orders`, or `billing.invoices` outside public. */
  entity: string
  schema: string
  name: string
  kind: 'table' | 'partitioned' | 'view' | 'materialized' | 'foreign'
  label: Text
  /** Empty where records cannot be told apart. */
  key: string[]
  estimatedRows: number | null
  writes: ('insert' | 'update' | 'delete')[]
  requiresReason: boolean
  columns: MetaColumn[]
  [more: string]: unknown
}

/** All that this client may read. */
export type Meta = { entities: MetaEntity[] }

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
