// The door of @steward/cli: commands derived from contracts.

export { readActor } from './actor.ts'
export { cliErrors } from './errors.ts'
export type { LocalCommand, LocalRequest } from './local-command.ts'
export { type CommandLineParts, runCommandLine } from './run.ts'
export type { OpenEngine } from './session.ts'
