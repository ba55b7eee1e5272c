// PostgreSQL's errors in Steward's words: one table from SQLSTATE to code and hint, the cause kept.
import { defineErrors, isStewardError, type StewardError } from '@steward/base'

type Facts = { message: string; details: string | null; serverHint: string | null }

const message = ({ message }: Facts) => message
const details = ({ details }: Facts) => details as string
// What the server itself advises knows the statement, and so goes first.
const hint =
  (ours: string) =>
  ({ serverHint }: Facts) =>
    serverHint ? `${serverHint} ${ours}` : ours

const error = (status: number, ours: string) => ({ status, message, details, hint: hint(ours) })

/** What the server, or the way to it, can answer. The message is the server's own, with its values. */
export const serverErrors = defineErrors('POSTGRES', {
  UNIQUE_VIOLATION: error(409, 'Another row has these values already: change one of the two, or update that row.'),
  FOREIGN_KEY_VIOLATION: error(409, 'Write the row that is referred to first, or remove the rows that refer to it.'),
  NOT_NULL_VIOLATION: error(422, 'Give the column a value.'),
  CHECK_VIOLATION: error(422, 'The constraint says which values are allowed.'),
  EXCLUSION_VIOLATION: error(409, 'It overlaps a row that is there: change one of the two.'),
  RESTRICT_VIOLATION: error(409, 'Remove the rows that refer to it first.'),
  CONSTRAINT_VIOLATION: error(409, 'The constraint named in the message says what is allowed.'),
  INVALID_TEXT: error(422, 'Write the value as its type wants it.'),
  VALUE_TOO_LONG: error(422, 'Shorten the value, or widen the column.'),
  OUT_OF_RANGE: error(422, 'Take a value that the type can hold.'),
  DIVISION_BY_ZERO: error(422, 'Guard the divisor with NULLIF.'),
  INVALID_VALUE: error(422, 'Correct the value that the message names.'),
  NOT_PERMITTED: error(403, 'Ask for the right with GRANT, or connect as a role that has it.'),
  READ_ONLY: error(403, 'Write on the primary, in a transaction that is not read-only.'),
  UNDEFINED_TABLE: error(404, 'Check the name, its capitals, and the schema before it.'),
  UNDEFINED_COLUMN: error(400, 'Check the name and its capitals.'),
  UNDEFINED_FUNCTION: error(400, 'Check the name and the types of the arguments; an explicit cast may help.'),
  UNDEFINED_SCHEMA: error(404, 'Check the name; schemas are made with CREATE SCHEMA.'),
  ALREADY_EXISTS: error(409, 'Choose another name, or remove the one that is there.'),
  DEPENDENT_OBJECTS: error(409, 'Remove what depends on it first; CASCADE removes it all.'),
  SYNTAX: error(400, 'Correct the statement at the place that the details name.'),
  STATEMENT_INVALID: error(400, 'Correct the statement.'),
  NOT_SUPPORTED: error(400, 'This server cannot do it; see the message.'),
  SERIALIZATION_FAILURE: error(409, 'Run the whole transaction again: another one was faster.'),
  DEADLOCK: error(409, 'Run the whole transaction again; take locks in one order to keep it from happening.'),
  LOCK_TIMEOUT: error(409, 'Somebody else holds the lock: try again, or see who with pg_blocking_pids.'),
  STATEMENT_TIMEOUT: error(504, 'Narrow the question, add an index, or raise statement_timeout.'),
  CANCELED: error(499, 'Somebody canceled the statement: run it again if it is still wanted.'),
  TRANSACTION_FAILED: error(500, 'An earlier statement of the transaction failed: its error is the one to mend.'),
  TRANSACTION_STATE: error(500, 'Look at where the transaction begins and ends.'),
  IDLE_TIMEOUT: error(504, 'The transaction did nothing for too long and was ended: run it again.'),
  NOT_AUTHENTICATED: error(401, 'Check user and password in the connection string, and pg_hba.conf.'),
  UNDEFINED_DATABASE: error(404, 'Check the name after the last slash of the connection string.'),
  TOO_MANY_CONNECTIONS: error(503, 'Make pools smaller, put a pooler between, or raise max_connections.'),
  OUT_OF_RESOURCES: error(503, 'The server lacks disk, memory or another limit: the message says which.'),
  LIMIT_EXCEEDED: error(400, 'Make the statement smaller.'),
  NOT_READY: error(503, 'The server is starting, stopping or recovering: try again in a moment.'),
  CONNECTION_LOST: error(503, 'Whether the last statement took effect is unknown: look before it is repeated.'),
  CONNECTION_FAILED: error(503, 'Check host and port of the connection string, and that the server runs.'),
  RAISED: error(422, 'A function or trigger in the database refused it; the message is its own.'),
  FAILED: error(500, 'The server log has more.'),
})

type Name = keyof typeof serverErrors

const byState: Record<string, Name> = {
  '23505': 'UNIQUE_VIOLATION',
  '23503': 'FOREIGN_KEY_VIOLATION',
  '23502': 'NOT_NULL_VIOLATION',
  '23514': 'CHECK_VIOLATION',
  '23P01': 'EXCLUSION_VIOLATION',
  '23001': 'RESTRICT_VIOLATION',
  '22P02': 'INVALID_TEXT',
  '22007': 'INVALID_TEXT',
  '22001': 'VALUE_TOO_LONG',
  '22003': 'OUT_OF_RANGE',
  '22008': 'OUT_OF_RANGE',
  '22012': 'DIVISION_BY_ZERO',
  '42501': 'NOT_PERMITTED',
  '25006': 'READ_ONLY',
  '42P01': 'UNDEFINED_TABLE',
  '42703': 'UNDEFINED_COLUMN',
  '42883': 'UNDEFINED_FUNCTION',
  '3F000': 'UNDEFINED_SCHEMA',
  '42P07': 'ALREADY_EXISTS',
  '42P06': 'ALREADY_EXISTS',
  '42710': 'ALREADY_EXISTS',
  '42723': 'ALREADY_EXISTS',
  '42701': 'ALREADY_EXISTS',
  '42P04': 'ALREADY_EXISTS',
  '2BP01': 'DEPENDENT_OBJECTS',
  '42601': 'SYNTAX',
  '40001': 'SERIALIZATION_FAILURE',
  '40P01': 'DEADLOCK',
  '55P03': 'LOCK_TIMEOUT',
  '57014': 'CANCELED',
  '25P02': 'TRANSACTION_FAILED',
  '25P03': 'IDLE_TIMEOUT',
  '25P04': 'IDLE_TIMEOUT',
  '57P05': 'IDLE_TIMEOUT',
  '3D000': 'UNDEFINED_DATABASE',
  '53300': 'TOO_MANY_CONNECTIONS',
  '57P01': 'CONNECTION_LOST',
  '57P02': 'CONNECTION_LOST',
  '57P03': 'NOT_READY',
  P0001: 'RAISED',
  P0004: 'RAISED',
}

// The first two characters are the class: what is not listed above still gets its kind.
const byClass: Record<string, Name> = {
  '08': 'CONNECTION_LOST',
  '0A': 'NOT_SUPPORTED',
  '22': 'INVALID_VALUE',
  '23': 'CONSTRAINT_VIOLATION',
  '25': 'TRANSACTION_STATE',
  '28': 'NOT_AUTHENTICATED',
  '3B': 'TRANSACTION_STATE',
  '40': 'SERIALIZATION_FAILURE',
  '42': 'STATEMENT_INVALID',
  '53': 'OUT_OF_RESOURCES',
  '54': 'LIMIT_EXCEEDED',
}

/** The fields of an error that the server sent, as `pg` hands it on. */
export type ServerError = Error & {
  code: string
  severity: string
  detail?: string
  hint?: string
  position?: string
  where?: string
  schema?: string
  table?: string
  column?: string
  constraint?: string
}

/**
 * Turns what `pg` (or an ORM over it) threw into a StewardError: `POSTGRES_UNIQUE_VIOLATION`, `POSTGRES_DEADLOCK`,
 * `POSTGRES_CONNECTION_FAILED` … The server's message and detail are kept, the thrown error is the cause. Whatever is
 * not an error of PostgreSQL or of the way to it comes back unchanged, so that the result can always be thrown.
 *
 * The message and the details may hold values of rows: who shows them must be allowed to see those.
 *
 * @example
 * try {
 *   await pool.query('INSERT INTO users (email) VALUES ($1)', [email])
 * } catch (error) {
 *   throw translatePostgresError(error)
 * }
 */
export function translatePostgresError(error: unknown): unknown {
  if (isStewardError(error)) return error
  const sent = serverErrorOf(error)
  if (sent) return fromServer(sent, error)
  return fromConnection(error) ?? error
}

/**
 * The error that the server sent: the thrown one, or the one inside what an ORM threw; null when there is none.
 *
 * @example
 * serverErrorOf(error)?.code === '23505'
 */
export function serverErrorOf(error: unknown): ServerError | null {
  let candidate = error
  // TypeORM, Sequelize and Knex say driverError, original or cause; five deep is deeper than any of them.
  for (let depth = 0; depth < 5 && candidate instanceof Error; depth++) {
    const { code, severity } = candidate as Partial<ServerError>
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && typeof severity === 'string') {
      return candidate as ServerError
    }
    const { driverError, original, parent } = candidate as {
      driverError?: unknown
      original?: unknown
      parent?: unknown
    }
    candidate = driverError ?? original ?? parent ?? candidate.cause
  }
  return null
}

function fromServer(sent: ServerError, cause: unknown): StewardError {
  const facts = { message: sent.message, details: detailsOf(sent), serverHint: sent.hint ?? null }
  return serverErrors[nameOf(sent)](facts, { cause })
}

function nameOf({ code, message }: ServerError): Name {
  // The same state for three things, told apart by their setting, which no language translates.
  if (code === '57014' && /statement_timeout|statement timeout/i.test(message)) return 'STATEMENT_TIMEOUT'
  return byState[code] ?? byClass[code.slice(0, 2)] ?? 'FAILED'
}

function detailsOf(sent: ServerError): string | null {
  const names = [
    sent.table && `table ${sent.schema ? `${sent.schema}.` : ''}${sent.table}`,
    sent.column && `column ${sent.column}`,
    sent.constraint && `constraint ${sent.constraint}`,
    sent.position && `at character ${sent.position}`,
    sent.where,
    `SQLSTATE ${sent.code}`,
  ].filter(Boolean)
  return [sent.detail, `(${names.join(', ')})`].filter(Boolean).join(' ')
}

const failedBefore = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])
const lostDuring = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED'])
// pg gives these no code.
const failedText =
  /timeout exceeded when trying to connect|due to connection timeout|does not support SSL|self-signed certificate/i
const lostText = /^Connection terminated|connection error and is not queryable|Client was closed and is not queryable/i
const passwordText = /^SASL: .*client password must be/i

function fromConnection(error: unknown): StewardError | null {
  if (!(error instanceof Error)) return null
  const code = String((error as NodeJS.ErrnoException).code)
  const facts = { message: messageOf(error), details: null, serverHint: null }
  const isSocketMissing = code === 'ENOENT' && (error as NodeJS.ErrnoException).syscall === 'connect'
  if (passwordText.test(error.message)) {
    return serverErrors.NOT_AUTHENTICATED(
      { ...facts, message: 'The server asks for a password, and none was given.' },
      { cause: error },
    )
  }
  if (failedBefore.has(code) || isSocketMissing || failedText.test(error.message)) {
    return serverErrors.CONNECTION_FAILED(facts, { cause: error })
  }
  if (lostDuring.has(code) || lostText.test(error.message)) return serverErrors.CONNECTION_LOST(facts, { cause: error })
  if (/^Query read timeout$/.test(error.message)) return serverErrors.STATEMENT_TIMEOUT(facts, { cause: error })
  return null
}

// A host with two addresses gives an AggregateError with an empty message and one error for each.
function messageOf(error: Error): string {
  const parts = error instanceof AggregateError ? error.errors.map(String) : []
  const reason = error.message || parts.join('; ') || error.name
  return `No connection to PostgreSQL: ${reason}`
}
