// `RAISE SQLSTATE 'PGRST'`: SQL that decides on the whole refusal, as JSON in its message and its detail.
import { DialectError } from './dialect-error.ts'
import { areSendable, isSendableStatus } from './response-override.ts'

/**
 * The refusal that SQL asked for; where its JSON cannot be read, PGRST121 which says what is wrong with it.
 *
 * @example
 * readRaisedError({ message: '{"code":"402","message":"Pay"}', detail: '{"status":402,"headers":{}}' }).status // 402
 */
export function readRaisedError(sent: { message: string; detail?: string | undefined }): DialectError {
  const said = readMessage(sent.message)
  if (said === null) return unreadable(`Invalid JSON value for MESSAGE: '${sent.message}'`, messageHint)
  if (sent.detail === undefined) return unreadable('DETAIL is missing in the RAISE statement', detailHint)
  const answered = readDetail(sent.detail)
  if (answered === null) return unreadable(`Invalid JSON value for DETAIL: '${sent.detail}'`, detailHint)
  return new DialectError({ ...said, ...answered })
}

const messageHint =
  "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'."
const detailHint =
  "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'."

function unreadable(details: string, hint: string): DialectError {
  const message = `Could not parse JSON in the "RAISE SQLSTATE 'PGRST'" error`
  return new DialectError({ status: 500, code: 'PGRST121', message, details, hint })
}

function readMessage(
  text: string,
): { code: string; message: string; details: string | null; hint: string | null } | null {
  const { code, message, details = null, hint = null } = readObject(text) ?? {}
  if (typeof code !== 'string' || typeof message !== 'string') return null
  // The code goes into a header, too.
  if (!isTextOrNull(details) || !isTextOrNull(hint) || !areSendable({ 'Proxy-Status': code })) return null
  return { code, message, details, hint }
}

function readDetail(text: string): { status: number; headers: Record<string, string> } | null {
  const { status, headers } = readObject(text) ?? {}
  if (!isSendableStatus(status) || !areSendable(headers)) return null
  return { status, headers }
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
