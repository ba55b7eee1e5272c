// What access promises: its procedures; safe in a browser.
import { keysContract } from './contract/keys.ts'
import { peopleContract } from './contract/people.ts'
import { sessionsContract } from './contract/sessions.ts'

/** The promises of access. */
export const accessContract = { ...keysContract, ...peopleContract, ...sessionsContract }
