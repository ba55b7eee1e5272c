// One act while it lasts: what is known of it, its text on the wire, and whether the trail has it already.
import { type Actor, isStewardError, redact, timeOrderedId } from '@steward/base'
import { firstRecorder, type Recorder, warn } from './recording.ts'
import { encodeContext, escapeLiteral, toAscii } from './wire.ts'

/** What an operation is told about itself when it begins. */
export type OperationContext = {
  /** Who acts; the parent's actor unless given. */
  actor?: Actor | null | undefined
  /** What is being done: `orders.refund`, `POST /orders/:id/refund`. */
  procedure?: string | null | undefined
  /** With what: any value; secrets are blackened and 8 KB kept. Read when the first statement is sent. */
  params?: unknown
  /** Why; the parent's reason unless given. */
  reason?: string | null | undefined
  /** The door it came through; the parent's, or `app`. */
  source?: string | null | undefined
  requestId?: string | null | undefined
  runId?: string | null | undefined
  /** The id of the operation that this one inverts. */
  reverts?: string | null | undefined
  /**
   * `changes` (default): the trail has the operation when it has changed a row. `always`: also when it has changed
   * none, and with its error when it fails.
   */
  record?: 'changes' | 'always' | undefined
}

/** What code may ask about the operation that it runs in. */
export interface CurrentOperation {
  readonly id: string
  readonly parentId: string | null
  readonly actor: Actor | null
  readonly procedure: string | null
  readonly reason: string | null
  readonly source: string
  readonly requestId: string | null
  readonly runId: string | null
}

/** How an operation ended. */
export type Ending = { outcome: 'done' | 'failed'; error: string | null }

/** Somewhere an operation rides along, to be left by the COMMIT: an open transaction. */
export type Ride = object

const largestParamsBytes = 8192
const longestErrorCharacters = 2000

let signature: ((text: string) => string) | undefined

/**
 * Signs every context from now on, for installations that keep a signing key; `undefined` ends it.
 *
 * @example
 * signContexts((text) => createHmac('sha256', key).update(text).digest('hex'))
 */
export function signContexts(sign: ((text: string) => string) | undefined): void {
  signature = sign
}

/** The text of an operation as it is sent, and the forms made of it, each made once. */
export class CarriedContext {
  readonly text: string
  /** Bytes of the messages that set it ahead of a prepared statement; kept by who sends them. */
  message: Buffer | undefined
  #literal: string | undefined
  #ascii: CarriedContext | undefined

  constructor(text: string) {
    this.text = text
  }

  get literal(): string {
    this.#literal ??= escapeLiteral(this.text)
    return this.#literal
  }

  /** The same, for databases that cannot hold every character. */
  get ascii(): CarriedContext {
    this.#ascii ??= new CarriedContext(toAscii(this.text))
    return this.#ascii
  }
}

/** Carried where there is no operation. */
export const nothingCarried: CarriedContext = new CarriedContext('')

/** An operation between its beginning and its end. */
export class OpenOperation implements CurrentOperation {
  readonly id: string = timeOrderedId()
  readonly parent: OpenOperation | undefined
  /** The innermost operation of the chain that wants to be in the trail in any case. */
  readonly always: OpenOperation | undefined
  ending: Ending | undefined
  /** Open transactions whose COMMIT will leave it. */
  rides: Set<Ride> | undefined
  /** A part of it is certain to be in the trail. */
  isLeft = false
  /** Records for the database that it worked on last. */
  recorder: Recorder | undefined
  readonly #given: OperationContext | (() => OperationContext)
  #facts: OperationContext | undefined
  #carried: CarriedContext | undefined
  #above: CarriedContext = nothingCarried

  /** `record` for a context that is asked for late and cannot say it yet. */
  constructor(
    given: OperationContext | (() => OperationContext),
    parent: OpenOperation | undefined,
    record: 'changes' | 'always' | undefined = typeof given === 'object' ? given.record : undefined,
  ) {
    this.#given = given
    this.parent = parent
    this.always = record === 'always' ? this : parent?.always
  }

  get parentId(): string | null {
    return this.parent?.id ?? null
  }
  get actor(): Actor | null {
    return this.facts().actor ?? this.parent?.actor ?? null
  }
  get procedure(): string | null {
    return this.facts().procedure ?? null
  }
  get params(): unknown {
    return this.facts().params
  }
  get reason(): string | null {
    return this.facts().reason ?? this.parent?.reason ?? null
  }
  get source(): string {
    return this.facts().source ?? this.parent?.source ?? 'app'
  }
  get requestId(): string | null {
    return this.facts().requestId ?? this.parent?.requestId ?? null
  }
  get runId(): string | null {
    return this.facts().runId ?? this.parent?.runId ?? null
  }

  /** What is known of it now. A request may learn only later who its user is. */
  facts(): OperationContext {
    if (typeof this.#given === 'object') return this.#given
    try {
      return this.#given() ?? {}
    } catch (error) {
      warn(error, 'The context of an operation could not be told')
      return {}
    }
  }

  /** What travels to the database: the same object until something about the operation is known better. */
  carried(): CarriedContext {
    const above = this.parent === undefined ? nothingCarried : this.parent.carried()
    if (this.#carried !== undefined && this.#above === above) {
      if (typeof this.#given === 'object') return this.#carried
      const facts = this.facts()
      if (isSame(facts, this.#facts)) return this.#carried
      return this.#encode(facts, above)
    }
    return this.#encode(this.facts(), above)
  }

  #encode(facts: OperationContext, above: CarriedContext): CarriedContext {
    this.#facts = facts
    this.#above = above
    const text = encodeContext(
      {
        id: this.id,
        parentId: this.parent?.id,
        actor: facts.actor ?? this.parent?.actor ?? undefined,
        procedure: facts.procedure ?? undefined,
        params: paramsText(facts.params),
        reason: facts.reason ?? this.parent?.reason ?? undefined,
        source: facts.source ?? this.parent?.source ?? 'app',
        requestId: facts.requestId ?? this.parent?.requestId ?? undefined,
        runId: facts.runId ?? this.parent?.runId ?? undefined,
        reverts: facts.reverts ?? undefined,
      },
      above.text,
      signature,
    )
    this.#carried = new CarriedContext(text)
    return this.#carried
  }

  /**
   * Is over. What has to be said about it is left by the transaction that it still rides on, or else by the recorder.
   * Settles when that is done, where it can be waited for; undefined where there is nothing to wait for.
   */
  end(outcome: 'done' | 'failed', error?: unknown): Promise<void> | undefined {
    this.ending ??= { outcome, error: outcome === 'failed' ? errorText(error) : null }
    if (this.always !== this) return undefined
    if (this.rides !== undefined && this.rides.size > 0) return undefined
    return this.leaveBehind()
  }

  /** Leaves it through the recorder, unless nothing is left to be said. */
  leaveBehind(): Promise<void> | undefined {
    if (this.ending === undefined || (this.isLeft && this.ending.outcome === 'done')) return undefined
    this.isLeft = true
    const recorder = this.recorder ?? this.parent?.findRecorder() ?? firstRecorder()
    return recorder?.leave({ context: this.carried().text, ...this.ending })
  }

  findRecorder(): Recorder | undefined {
    return this.recorder ?? this.parent?.findRecorder()
  }
}

function isSame(facts: OperationContext, before: OperationContext | undefined): boolean {
  if (facts === before) return true
  return (
    facts.procedure === before?.procedure &&
    facts.actor?.id === before?.actor?.id &&
    facts.actor?.type === before?.actor?.type &&
    facts.reason === before?.reason
  )
}

function paramsText(params: unknown): string | undefined {
  if (params === undefined) return undefined
  if (params instanceof SafeParams) return params.json
  const json = JSON.stringify(redact(params, { maxBytes: largestParamsBytes }))
  return json === 'null' && params !== null ? undefined : json
}

/** Parameters as they were when they were looked at. */
export class SafeParams {
  readonly json: string

  constructor(params: unknown) {
    this.json = JSON.stringify(redact(params, { maxBytes: largestParamsBytes }))
  }
}

function errorText(error: unknown): string {
  const text = isStewardError(error)
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? `${error.name}: ${error.message}`
      : String(error)
  return text.slice(0, longestErrorCharacters).replaceAll('\u0000', ' ').toWellFormed()
}
