// Whatever went wrong on the way becomes one refusal of the dialect: SQLSTATE to HTTP status, and nothing of our own inside.
import { isStewardError, type StewardError } from '@steward/base'
import type { WebAnswer } from '@steward/engine'
import { type ServerError, serverErrorOf, serverErrors, translatePostgresError } from '@steward/postgres'
import { entitiesErrors } from '../errors.ts'
import type { Onlooker } from '../visibility/see-table.ts'
import { withholdValues } from '../visibility/withhold-values.ts'
import { DialectError } from './dialect-error.ts'
import { readRaisedError } from './raised-error.ts'

/** Whoever asked hears no value that is not shown to them; `onUnexpected` is told what the client is not. */
export type Surroundings = { onlooker: Onlooker; onUnexpected?: (error: unknown) => void }

/**
 * The answer to a request that failed, whatever was thrown.
 *
 * @example
 * const answer = await ask().catch((error) => translateError(error, { onlooker }))
 */
export function translateError(error: unknown, { onlooker, onUnexpected }: Surroundings): WebAnswer {
  const refusal = refusalOf(error, onlooker)
  if (refusal.code === entitiesErrors.UNEXPECTED.code) onUnexpected?.(error)
  const challenge: Record<string, string> = refusal.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}
  return {
    status: refusal.status,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Proxy-Status': `PostgREST; error=${refusal.code}`,
      ...challenge,
      ...refusal.headers,
    },
    body: JSON.stringify(refusal),
  }
}

/** What was thrown, in the words of the dialect. */
export function refusalOf(error: unknown, onlooker: Onlooker): DialectError {
  if (error instanceof DialectError) return error
  const sent = serverErrorOf(error)
  if (isStewardError(error)) return ofTranslated(error, sent, onlooker) ?? ofSteward(error)
  if (sent !== null) return fromServer(sent, onlooker)
  return fromConnection(error) ?? ofSteward(entitiesErrors.UNEXPECTED({}, { cause: error }))
}

// What a capability refuses has the same four parts already.
function ofSteward(error: {
  status: number
  code: string
  message: string
  details: string | null
  hint: string | null
}) {
  const { status, code, message, details, hint } = error
  return new DialectError({ status, code, message, details, hint })
}

/** What came through the engine's corridor is in Steward's words, and as full of values and of statements as before. */
function ofTranslated(error: StewardError, sent: ServerError | null, onlooker: Onlooker): DialectError | null {
  if (!error.code.startsWith('POSTGRES_')) return null
  if (sent === null) return fromConnection(error)
  const { message, details } = withholdValues(sent, onlooker)
  return ofSteward({ status: error.status, code: error.code, message, details, hint: error.hint })
}

function fromServer(sent: ServerError, onlooker: Onlooker): DialectError {
  if (sent.code === 'PGRST') return readRaisedError(sent)
  return new DialectError({
    status: statusOf(sent, onlooker.actor === null),
    code: sent.code,
    ...withholdValues(sent, onlooker),
    cause: sent,
  })
}

const statusByState: Record<string, number> = {
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  // More columns or arguments than a statement can have: the request asked for them.
  '54011': 400,
  '54023': 400,
  '53400': 500,
  // The server stops, has crashed, or is starting up.
  '57P01': 503,
  '57P02': 503,
  '57P03': 503,
  P0001: 400,
}

// The first two characters are the class. What is neither here nor above is the request's fault: so is a statement too
// complex (54), which PostgREST answers with 500, since it is made of what was asked for.
const statusByClass: Record<string, number> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '53': 503,
  '55': 500,
  '57': 500,
  '58': 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
}

function statusOf({ code, message }: ServerError, isAnonymous: boolean): number {
  if (code === '42501') return isAnonymous ? 401 : 403
  if (code === '21000') return message.endsWith('requires a WHERE clause') ? 400 : 500
  // The role that the request should run as is not there.
  if (code === '22023' && /^role .* does not exist$/.test(message)) return 401
  if (code === '42883' && message.startsWith('function xmlagg(')) return 406
  if (code.startsWith('PT')) return raisedStatus(code.slice(2))
  return statusByState[code] ?? statusByClass[code.slice(0, 2)] ?? 400
}

/** `RAISE sqlstate 'PT402'` answers with 402. Below 200 an answer would not be one. */
function raisedStatus(digits: string): number {
  const status = /^\d{3}$/.test(digits) ? Number(digits) : 500
  return status >= 200 && status <= 599 ? status : 500
}

// Where the server stands, and what stood in its way, is for its log: a host's name is nobody's business out there.
function fromConnection(error: unknown): DialectError | null {
  if (error instanceof Error && /timeout exceeded when trying to connect/i.test(error.message)) {
    return connectionRefusal(504, 'PGRST003', 'Timed out acquiring connection from connection pool.', error)
  }
  const translated = translatePostgresError(error)
  if (serverErrors.CONNECTION_LOST.is(translated)) {
    return connectionRefusal(503, 'PGRST001', 'Database client error. Retrying the connection.', error)
  }
  if (serverErrors.CONNECTION_FAILED.is(translated) || serverErrors.NOT_AUTHENTICATED.is(translated)) {
    return connectionRefusal(503, 'PGRST000', 'Database connection error. Retrying the connection.', error)
  }
  return null
}

function connectionRefusal(status: number, code: string, message: string, cause: unknown): DialectError {
  return new DialectError({ status, code, message, cause })
}
