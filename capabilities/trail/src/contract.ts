// What the trail promises: its procedures, from which commands, routes and pages are derived. Safe in a browser.
import { keeping } from './contract/keeping.ts'
import { reading } from './contract/reading.ts'
import { reverting } from './contract/reverting.ts'

/**
 * The trail's procedures by name.
 *
 * @example
 * wordsOf(trailContract.history).summary // 'Shows what happened to a record, newest first'
 */
export const trailContract = { ...keeping, ...reading, ...reverting }
