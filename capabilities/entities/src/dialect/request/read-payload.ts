// The body of a request: the rows to write or the arguments of a function, checked, and as text untouched where it is JSON.
import { DialectError } from '../dialect-error.ts'
import type { Payload } from '../dialect-request.ts'
import { readMediaType, writeMediaType } from './media-type.ts'
import { type Parameter, readForm } from './parameters.ts'
import { readCsv } from './read-csv.ts'

type Asked = { body: Uint8Array | null; contentType: string | undefined; isCall: boolean; columns: string[] | null }

type Rows = Extract<Payload, { kind: 'json' }>

/**
 * With `columns` the rows need not have the same keys.
 *
 * @throws PGRST102 for a body that is not what it says to be, and for what nobody can read
 */
export function readPayload({ body, contentType, isCall, columns }: Asked): Payload {
  const mediaType = writeMediaType(readMediaType(contentType ?? 'application/json'))
  switch (mediaType) {
    case '*/*':
    case 'application/json':
      return readJson(decodeBody(body, 'Empty or invalid json'), isCall, columns)
    case 'text/csv':
      return rowsOfCsv(decodeBody(body, 'Empty or invalid csv'))
    case 'application/x-www-form-urlencoded':
      return rowOfForm(readForm(decodeBody(body, 'Empty or invalid form')), isCall)
    case 'text/plain':
    case 'text/xml':
      if (isCall) return { kind: 'raw', text: decodeBody(body, 'Empty or invalid text'), mediaType }
      break
    case 'application/octet-stream':
      // As PostgreSQL writes bytes, so that it can be bound like every other value.
      if (isCall) return { kind: 'raw', text: `\\x${Buffer.from(body ?? []).toString('hex')}`, mediaType }
      break
  }
  throw badBody(`Content-Type not acceptable: ${mediaType}`)
}

function readJson(text: string, isCall: boolean, columns: string[] | null): Rows {
  if (isCall && text === '') return { kind: 'json', text: '{}', keys: [], isArray: false, rowCount: 1 }
  const value = parseJson(text)
  if (Array.isArray(value)) {
    return { kind: 'json', text, keys: columns ?? commonKeys(value), isArray: true, rowCount: value.length }
  }
  if (typeof value === 'object' && value !== null) {
    return { kind: 'json', text, keys: columns ?? Object.keys(value), isArray: false, rowCount: 1 }
  }
  // A function with one unnamed parameter takes any JSON; in a table it is no row.
  if (isCall) return { kind: 'json', text, keys: columns ?? [], isArray: false, rowCount: 1 }
  return noRows()
}

function noRows(): Rows {
  return { kind: 'json', text: '[]', keys: [], isArray: true, rowCount: 0 }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badBody('Empty or invalid json')
  }
}

function commonKeys(rows: unknown[]): string[] {
  if (rows.length === 0) return []
  const keys = keysOf(rows[0])
  const known = new Set(keys)
  for (const row of rows) {
    const own = keysOf(row)
    if (own.length !== keys.length || !own.every((key) => known.has(key))) throw unlikeKeys()
  }
  return keys
}

function keysOf(row: unknown): string[] {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) throw unlikeKeys()
  return Object.keys(row)
}

function rowsOfCsv(text: string): Rows {
  const table = readCsv(text)
  if (table === null || table.header.length === 0) throw badBody('Empty or invalid csv')
  const { header, rows } = table
  if (rows.some((row) => row.length !== header.length)) throw badBody('All lines must have same number of fields')
  if (rows.length === 0) return noRows()
  const names = header.map((name) => JSON.stringify(name))
  const objects = rows.map((row) => `{${row.map((value, at) => `${names[at]}:${JSON.stringify(value)}`).join(',')}}`)
  return {
    kind: 'json',
    text: `[${objects.join(',')}]`,
    keys: [...new Set(header)],
    isArray: true,
    rowCount: rows.length,
  }
}

// What a form says twice is a list for a function, whose parameter may be variadic, and said once for a row: the last time.
function rowOfForm(fields: Parameter[], isCall: boolean): Rows {
  const values = new Map<string, string | string[]>()
  for (const [name, value] of fields) {
    const before = values.get(name)
    values.set(name, isCall && before !== undefined ? [before, value].flat() : value)
  }
  const pairs = [...values].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
  return { kind: 'json', text: `{${pairs.join(',')}}`, keys: [...values.keys()], isArray: false, rowCount: 1 }
}

// A NUL fits into no text of PostgreSQL; in JSON it is invalid anyway.
function decodeBody(body: Uint8Array | null, complaint: string): string {
  const text = decodeUtf8(body ?? new Uint8Array())
  if (text === null || text.includes('\0')) throw badBody(complaint)
  return text
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function unlikeKeys(): DialectError {
  return badBody('All object keys must match')
}

function badBody(message: string): DialectError {
  return new DialectError({ status: 400, code: 'PGRST102', message })
}
