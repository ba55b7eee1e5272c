// The door to the room where people sign in; apart, since better-auth is loaded with it.
export { type AuthRoomOptions, openAuthRoom } from './web/open-auth-room.ts'
export type { HasherOptions } from './web/password-hasher.ts'
