// Who looks at the page, what they may do, and which service this is: the answer of `GET /api/me`.

/** A link to where a request can be looked up: `{requestId}`, `{operation}`, `{from}` and `{to}` in its address are filled in. */
export type RequestLink = { label: string; url: string }

/** Who looks, what they may do, and at what. */
export type Whoami = {
  actor: { type: string; id: string; name?: string | null }
  /** The name of their role. */
  role: string
  /** `word:deed`, `word:*` or `*`. */
  permissions: readonly string[]
  /** Whether they signed in with a password and may sign out; else this machine or a key lets them in. */
  isSignedIn: boolean
  service: {
    name: string
    /** Coloured on top of every page; null where nobody has said. */
    environment: 'production' | 'staging' | 'development' | null
    requestLinks: readonly RequestLink[]
  }
}

/**
 * Whether somebody has a permission; the server has the last word.
 *
 * @example
 * holds(['trail:*'], 'trail:revert') // true
 */
export function holds(permissions: readonly string[], permission: string): boolean {
  const word = permission.slice(0, permission.indexOf(':'))
  return permissions.some((held) => held === '*' || held === permission || held === `${word}:*`)
}
