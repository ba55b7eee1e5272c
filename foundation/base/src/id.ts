// Ids that sort by the time at which they were made (UUID version 7, RFC 9562).

const randomBytes = new Uint8Array(4096)
let unusedFrom = randomBytes.length
let lastTime = 0
let timeText = ''
let sequence = 0

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/**
 * Makes a UUID version 7: 36 characters, unique anywhere, and within one process always greater than the one before,
 * also inside a millisecond and when the clock is set back.
 *
 * @example
 * const id = timeOrderedId() // '0199b6a4-7c1e-7000-8f3e-2b1c9d4e5f60'
 */
export function timeOrderedId(): string {
  const now = Date.now()
  if (now > lastTime) {
    startMillisecond(now)
    // Half of the 12 bits stay free, so that ids of the same millisecond can count up.
    sequence = (randomByte() << 3) | (randomByte() & 7)
  } else if (++sequence > 0xfff) {
    startMillisecond(lastTime + 1)
    sequence = 0
  }
  const version = `${hex[0x70 | (sequence >> 8)]}${hex[sequence & 0xff]}`
  const variant = hex[0x80 | (randomByte() & 0x3f)]
  let tail = ''
  for (let count = 0; count < 7; count++) tail += hex[randomByte()]
  return `${timeText}-${version}-${variant}${tail.slice(0, 2)}-${tail.slice(2)}`
}

function startMillisecond(time: number): void {
  lastTime = time
  const text = time.toString(16).padStart(12, '0')
  timeText = `${text.slice(0, 8)}-${text.slice(8)}`
}

// One call for many ids: asking the system for randomness each time would be the dearest part of an id.
function randomByte(): number {
  if (unusedFrom === randomBytes.length) {
    globalThis.crypto.getRandomValues(randomBytes)
    unusedFrom = 0
  }
  return randomBytes[unusedFrom++] as number
}
