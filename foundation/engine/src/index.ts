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
export { type Acting, asCapabilities, defineProcedure, type ServiceProcedure } from './define-procedure.ts'
export { type Engine, findProcedure, poolOf } from './engine.ts'
export { engineErrors } from './errors.ts'
export { type Performed, type PerformRequest, perform } from './perform.ts'
export type { Call, Ending, LeaveOperation, Operation, Permit, ReadChanges, RecordCall, Source } from './ports.ts'
export {
  adminRole,
  type EntityRule,
  type FilterValue,
  isPermitted,
  type MaskForm,
  mayCall,
  type Role,
  type RowFilter,
  readerRole,
  type WriteKind,
} from './role.ts'
export { type RowCondition, type Visible, visible } from './visible.ts'
export type { WebAnswer, WebRequest, WebRoom } from './web-room.ts'
