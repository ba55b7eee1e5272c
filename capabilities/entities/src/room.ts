// What every request is answered with, and what a route of Steward's own is.
import type { WebAnswer, WebRequest } from '@steward/engine'
import type { SchemaCache } from './catalog/schema-cache.ts'
import type { Settings } from './options.ts'

/** What a request is answered with. */
export type Room = {
  settings: Settings
  /** What is known of the database at this moment. */
  cache: () => SchemaCache
  /** Calls the listener whenever that has become something else, until what it answers with is called. */
  onSchemaChange: (listener: () => void) => () => void
}

/** Answers what stands below one word of the path; `rest` are the path's further parts, decoded. Throws to refuse. */
export type Route = (room: Room, web: WebRequest, rest: readonly string[]) => Promise<WebAnswer>
