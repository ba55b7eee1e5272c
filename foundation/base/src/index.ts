// The door of @steward/base: actor, ids, errors, exact JSON and redaction, without any I/O.
export { Actor } from './actor.ts'
export {
  defineErrors,
  type ErrorBody,
  type ErrorDeclaration,
  type ErrorFactory,
  isStewardError,
  StewardError,
} from './errors.ts'
export { type ExactNumber, isExactNumber, parseJson, printJson, rawText } from './exact-json.ts'
export { headerText } from './header-text.ts'
export { timeOrderedId } from './id.ts'
export { nearestNames } from './nearest.ts'
export { redact } from './redaction.ts'
export { splitJsonObject } from './scan-json.ts'
export { looksSecret } from './secret-keys.ts'
