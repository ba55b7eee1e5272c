// The door to the example's data, for tests that play stories on them.
export { compileHelpdesk } from './compile-helpdesk.ts'
export { fillHelpdesk, type HelpdeskFacts } from './fill-helpdesk.ts'
