// The door of steward: wire it together in your own program, or run the program `steward`.
export { type ServeOptions, type Serving, serveSteward } from './serve.ts'
export { capabilities, createSteward, type Steward, type StewardOptions } from './steward.ts'
