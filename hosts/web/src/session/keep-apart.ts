// What one person leaves in a browser is not for the next one: drafts, and the names of what was opened.

type Kept = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const personKey = 'steward.person'

/** These belong to whoever sits at the browser, and tell nothing. */
const harmless = new Set([personKey, 'steward.language', 'steward.color-scheme'])

/**
 * Forgets what somebody else has left here, where it is somebody else who is known by now; what is one's own stays.
 *
 * @example
 * keepApart(whoami.actor)
 */
export function keepApart({ type, id }: { type: string; id: string }, storages: () => readonly Kept[] = all): void {
  const person = JSON.stringify([type, id])
  inEach(storages, (storage) => {
    if (storage.getItem(personKey) === person) return
    forgetAll(storage)
    storage.setItem(personKey, person)
  })
}

/** Forgets everything that was left here: whoever signs out is done with it. */
export function forgetLeft(storages: () => readonly Kept[] = all): void {
  inEach(storages, forgetAll)
}

function all(): readonly Kept[] {
  return [localStorage, sessionStorage]
}

function forgetAll(storage: Kept): void {
  const names = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '')
  for (const name of names) if (name.startsWith('steward.') && !harmless.has(name)) storage.removeItem(name)
}

function inEach(storages: () => readonly Kept[], work: (storage: Kept) => void): void {
  try {
    for (const storage of storages()) work(storage)
  } catch {
    // A browser without storage has kept nothing.
  }
}
