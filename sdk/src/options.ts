// What a client is made of.

/** A person whom a service's key acts for: the id of a user, `staff:kim`, or an id with a name. */
export type Person = string | { type?: 'user' | 'staff'; id: string; name?: string }

/**
 * Where Steward is, and how the client speaks to it.
 *
 * @example
 * const options: ClientOptions = { url: 'https://steward.example/api', key: 'stw_…', reason: 'TICKET-42' }
 */
export type ClientOptions = {
  /** Where the entities are, as `steward serve` prints it: `http://127.0.0.1:4848/api`. */
  url: string
  /** An API key; none where the server knows the person otherwise: by the session of a browser, or on one's own machine. */
  key?: string
  /** Why: kept with every change that this client makes. */
  reason?: string
  /** Every write is done and rolled back. */
  dryRun?: boolean
  /** The person whom the service with this key acts for. */
  onBehalfOf?: Person
  /** `bigint` and `numeric` come as texts, to the last digit: for types of `steward sdk generate --exact`. */
  exact?: boolean
  /** How often a request is tried again when nobody answers, or the server says 429, 502, 503 or 504: 3 unless given. */
  retries?: number
  /** Writes of entities, procedures and changesets carry a key of their own, so that they are tried again, too, and done once. */
  idempotent?: boolean
  /** Sent with every request. */
  headers?: Readonly<Record<string, string>>
  fetch?: typeof fetch
}

/** What may be said of one call. */
export type CallOptions = { signal?: AbortSignal }

/** What may be said of one write. */
export type WriteOptions = CallOptions & {
  /** Why; the client's reason unless given. */
  reason?: string
  /** Do it, show what it did, and roll it back. */
  dryRun?: boolean
}

/** What is asked of a route: by its query, or with a body, which makes it a POST. */
export type AskOptions = WriteOptions & {
  /** A list is asked for by repeating the name; what is undefined is left out. */
  query?: Readonly<Record<string, string | number | boolean | null | undefined | readonly (string | number)[]>>
  body?: Readonly<Record<string, unknown>>
}
