// The door of @steward/engine: how promises are kept.
export {
  type Capability,
  defineCapability,
  type Home,
  type KeptProcedure,
  type KeptProcedures,
  keep,
  type Performing,
  type Verb,
} from './capability.ts'
export { type Engine, findProcedure, poolOf } from './engine.ts'
export { engineErrors } from './errors.ts'
export { type Performed, type PerformRequest, perform } from './perform.ts'
export type { Ending, LeaveOperation, Operation, Permit, Source } from './ports.ts'
export type { WebAnswer, WebRequest, WebRoom } from './web-room.ts'
