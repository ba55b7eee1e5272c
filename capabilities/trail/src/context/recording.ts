// Leaves operations in the trail that no transaction has left: in the background, so that it can never be in the way.

/** An operation to be left: its text on the wire, and how it ended. */
export type Leaving = { context: string; outcome: 'done' | 'failed' | null; error: string | null }

type Waiting = Leaving & { recorded: () => void }

/** How a recorder reaches its database. */
export type RecorderPorts = {
  /** Runs one statement on a connection that nobody holds, outside of any operation. */
  run(text: string, values: unknown[]): Promise<unknown>
  /** Whether a connection is to be had without waiting for somebody to give one back. */
  hasRoom(): boolean
  /** Hears what went wrong; the caller of an operation never does. */
  onError(error: unknown): void
}

const leaveStatement =
  'SELECT steward.leave(leaving.context, leaving.outcome, leaving.error)' +
  ' FROM unnest($1::text[], $2::text[], $3::text[]) AS leaving (context, outcome, error)'
const largestBatch = 100
// Where the trail is not installed, asking again for each operation would only fill the server's log.
const pauseMs = 10_000
// Who waits for a record waits no longer than this: a pool that is full of waiters must not stand still.
const longestWaitMs = 250

const recorders = new Set<Recorder>()

/**
 * Records in batches on one connection at a time. An operation whose transaction has left it needs none of this.
 */
export class Recorder {
  /** Whether `steward.leave` is known to be there, so that it may ride on transactions of the caller. */
  installed = false
  readonly ports: RecorderPorts
  #queue: Waiting[] = []
  #flushing: Promise<void> | undefined
  #pausedUntil = 0

  constructor(ports: RecorderPorts) {
    this.ports = ports
    recorders.add(this)
  }

  /** Begins to record; what is returned settles when it is done, at the latest after a quarter of a second. */
  leave(leaving: Leaving): Promise<void> | undefined {
    if (Date.now() < this.#pausedUntil) return undefined
    const isWorthWaiting = this.ports.hasRoom()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#queue.push({ ...leaving, recorded: resolve })
    this.#flushing ??= this.#flush()
    return isWorthWaiting ? atMost(promise) : undefined
  }

  /** Whether nothing is waiting to be recorded. */
  get isIdle(): boolean {
    return this.#flushing === undefined
  }

  /** Settles when nothing is left to record. */
  async settled(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing
  }

  /** Is no longer asked; for targets that have been ended. */
  retire(): void {
    recorders.delete(this)
  }

  /** What rode on a caller's transaction has failed: ride no more for a while. */
  distrust(error: unknown): void {
    this.installed = false
    this.#pausedUntil = isMissing(error) ? Date.now() + pauseMs : 0
    this.ports.onError(error)
  }

  async #flush(): Promise<void> {
    // What ends in the same moment goes in the same batch.
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, largestBatch)
      try {
        await this.#send(batch)
      } catch (error) {
        await this.#sendEach(batch, error)
      }
      for (const { recorded } of batch) recorded()
    }
    this.#flushing = undefined
  }

  async #send(batch: Waiting[]): Promise<void> {
    await this.ports.run(leaveStatement, [
      batch.map(({ context }) => context),
      batch.map(({ outcome }) => outcome),
      batch.map(({ error }) => error),
    ])
    this.installed = true
  }

  async #sendEach(batch: Waiting[], error: unknown): Promise<void> {
    if (isMissing(error)) this.#pausedUntil = Date.now() + pauseMs
    if (batch.length === 1 || isMissing(error) || !isFromServer(error)) return this.ports.onError(error)
    for (const one of batch) await this.#send([one]).catch((failure) => this.ports.onError(failure))
  }
}

/** The recorder for operations that touched no connection: of what was instrumented first and still lives. */
export function firstRecorder(): Recorder | undefined {
  for (const recorder of recorders) return recorder
  return undefined
}

/**
 * Settles when every operation that has ended is in the trail. For tests, and before a program exits on its own;
 * `pool.end()` of an instrumented pool waits for it by itself.
 *
 * @example
 * await settled()
 * process.exit(0)
 */
export async function settled(): Promise<void> {
  await Promise.all([...recorders].map((recorder) => recorder.settled()))
}

/** Where errors of the trail go that are nobody else's business: a warning of the process. */
export function warn(error: unknown, what = 'An operation could not be left in the trail'): void {
  const message = error instanceof Error ? error.message : String(error)
  process.emitWarning(`${what}: ${message}`, { type: 'StewardTrailWarning' })
}

function atMost(promise: Promise<void>): Promise<void> {
  const { promise: bounded, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, longestWaitMs)
  void promise.then(() => {
    clearTimeout(timer)
    resolve()
  })
  return bounded
}

function isFromServer(error: unknown): boolean {
  return error instanceof Error && 'severity' in error
}

// invalid_schema_name, undefined_function
function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === '3F000' || code === '42883'
}
