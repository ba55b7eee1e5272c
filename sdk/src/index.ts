// The door of @steward/sdk: the Admin API in typed code, in Node and in the browser.
export { isStewardError, StewardError } from '@steward/base'
export { CallError, unwrap } from './call-error.ts'
export type { Rehearsed, ScanOptions, StewardClient } from './client.ts'
export { createClient } from './create-client.ts'
export type {
  ChangesetDone,
  ChangesetRequest,
  ColumnPair,
  Found,
  Meta,
  MetaAction,
  MetaColumn,
  MetaEntity,
  MetaRelationship,
  Text,
} from './entity-shapes.ts'
export type { AskOptions, CallOptions, ClientOptions, Person, WriteOptions } from './options.ts'
export type {
  Blast,
  Change,
  ChangeFacts,
  Conflict,
  Key,
  Operation,
  OperationFilter,
  OperationPage,
  OperationWithChanges,
  RecordThen,
  Reverted,
  RevertTarget,
  Values,
} from './trail-shapes.ts'
