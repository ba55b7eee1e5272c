// A refusal in the words of the dialect: clients compare code, message, details and hint, so that they stand here exactly.

/** The body of a refusal; `details` is a list where the dialect says so (PGRST201). */
export type DialectErrorBody = { code: string; message: string; details: unknown; hint: string | null }

/** Thrown in any stage of the corridor, answered in its last one. */
export class DialectError extends Error {
  readonly status: number
  readonly code: string
  readonly details: unknown
  readonly hint: string | null
  /** Sent beside those that every refusal has. */
  readonly headers: Record<string, string>

  constructor(facts: {
    status: number
    code: string
    message: string
    details?: unknown
    hint?: string | null
    headers?: Record<string, string>
    cause?: unknown
  }) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'DialectError'
    this.status = facts.status
    this.code = facts.code
    this.details = facts.details ?? null
    this.hint = facts.hint ?? null
    this.headers = facts.headers ?? {}
  }

  /** The four keys that go over the wire. */
  toJSON(): DialectErrorBody {
    return { code: this.code, message: this.message, details: this.details, hint: this.hint }
  }
}
