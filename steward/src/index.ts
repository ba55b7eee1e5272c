// The door of steward: wire it together in your own program, mount it in your own server, or run the program `steward`.

export { asFastifyPlugin, asRequestListener } from '@steward/server'
export { loadConfig } from './config/load-config.ts'
export { type OpenedSteward, type OpenStewardOptions, openSteward } from './open-steward.ts'
export { type ServeOptions, type Serving, serveSteward } from './serve.ts'
export { capabilities, createSteward, type Steward, type StewardOptions } from './steward.ts'
