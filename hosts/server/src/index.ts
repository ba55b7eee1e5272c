// The door of @steward/server: rooms on the web, in a server of their own or mounted in somebody's.

export { requestErrors } from './contract-room/errors.ts'
export { type ContractRoomOptions, openContractRoom } from './contract-room.ts'
export { serverErrors } from './errors.ts'
export { identifyByKey } from './identify-by-key.ts'
export { asFastifyPlugin, asRequestListener, type RequestListener } from './mount.ts'
export { openServer, type Server, type ServerOptions } from './open-server.ts'
export { refusal } from './send-answer.ts'
export type {
  Identified,
  Identify,
  Limits,
  MountedRoom,
  MountOptions,
  ServerLog,
  Unidentified,
} from './server-options.ts'
export { openStaticRoom, type StaticRoomOptions } from './static-room.ts'
