// The door of @steward/contract: how promises are written down.
export type { Block, CommandLine } from './command-line.ts'
export {
  type AnswerOf,
  type AnyProcedure,
  type AskedOf,
  type Contract,
  type Effect,
  type InputOf,
  isProcedure,
  type OutputOf,
  type ProcedureWords,
  procedure,
  routeOf,
  schemasOf,
  wordsOf,
} from './procedure.ts'
export type { WebRoute } from './web-route.ts'
