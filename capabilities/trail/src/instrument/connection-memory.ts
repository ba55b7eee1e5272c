// What is known of one connection: its transaction, the context that was sent in it, and who rides on it.
import { type CarriedContext, type Ending, nothingCarried, type OpenOperation } from '../context/open-operation.ts'
import type { Recorder } from '../context/recording.ts'
import type { TransactionStatus } from './node-postgres.ts'

/** Operations that a message leaves in the trail, each with how it had ended by then. */
export type LeftOperations = Map<OpenOperation, Ending | undefined>

/** The memory of one connection. The server's own word on the transaction is what counts. */
export class ConnectionMemory {
  /** The context that the open transaction holds; undefined where that is not certain. */
  sent: CarriedContext | undefined = nothingCarried
  /** The transaction is READ ONLY: nothing can be left in it. */
  isReadOnly = false
  /** All transactions of this session are, as on a replica. */
  isAlwaysReadOnly = false
  /** The database may be unable to hold every character. */
  isAscii = false
  readonly recorder: Recorder
  readonly #rides = new Set<OpenOperation>()
  #status: TransactionStatus = 'I'
  #expected: TransactionStatus = 'I'
  #unanswered = 0
  #isOver = false
  #left: LeftOperations | undefined
  readonly #idle: ((error?: Error) => void)[] = []

  constructor(recorder: Recorder, status: TransactionStatus | null) {
    this.recorder = recorder
    this.#status = status ?? 'I'
    this.#expected = this.#status
    if (this.#status !== 'I') this.sent = undefined
  }

  /** In which state the next message finds the session: certain unless the client pipelines. */
  get status(): TransactionStatus {
    return this.#unanswered === 0 ? this.#status : this.#expected
  }

  /** A message has gone out that leaves the session in this state if all goes well. */
  submitted(expected: TransactionStatus): void {
    this.#unanswered++
    this.#expected = expected
  }

  /** The server is ready again. */
  answered(status: TransactionStatus): void {
    if (this.#unanswered > 0) this.#unanswered--
    this.#status = status
    if (status === 'E') this.sent = undefined
    else if (status === 'I' && this.#unanswered === 0) this.sent = nothingCarried
    if (status === 'I') this.isReadOnly = false
    if (this.#rides.size > 0 && (status === 'I' || this.#isOver)) this.#settleRides()
    this.#isOver = false
    this.#left = undefined
    if (status === 'I') for (const act of this.#idle.splice(0)) act()
  }

  /** Calls when the server is next ready outside of a transaction, before anything else is sent; or when there is no next time. */
  whenIdle(act: (error?: Error) => void): void {
    this.#idle.push(act)
  }

  /** COMMIT or ROLLBACK was answered; what it left in the trail is there for certain. */
  transactionEnded(left: LeftOperations | undefined): void {
    this.#isOver = true
    this.#left = left
  }

  /** The connection is gone, and whatever was open on it. */
  ended(): void {
    this.#settleRides()
    for (const act of this.#idle.splice(0)) act(new Error('The connection has ended.'))
  }

  /** The operation works in the open transaction: who wants to be in the trail in any case is left by its COMMIT. */
  ride(operation: OpenOperation | undefined): void {
    let rider = operation?.always
    while (rider !== undefined && !this.#rides.has(rider)) {
      rider.recorder = this.recorder
      if (rider.ending === undefined) {
        this.#rides.add(rider)
        rider.rides ??= new Set()
        rider.rides.add(this)
      }
      rider = rider.parent?.always
    }
  }

  /** Who has something to say that the trail does not have yet, and how each ended. */
  unleft(): LeftOperations {
    const unleft: LeftOperations = new Map()
    for (const operation of this.#rides) {
      if (!operation.isLeft || operation.ending?.outcome === 'failed') unleft.set(operation, operation.ending)
    }
    return unleft
  }

  #settleRides(): void {
    const left = this.#left
    const operations = [...this.#rides]
    this.#rides.clear()
    for (const operation of operations) {
      operation.rides?.delete(this)
      const saidAll = left?.has(operation) && left.get(operation) === operation.ending
      if (left?.has(operation)) operation.isLeft = true
      if (!saidAll && operation.ending !== undefined && operation.rides?.size === 0) void operation.leaveBehind()
    }
  }
}
