// Tries an import out: everything happens and is rolled back. Rows that the database refuses are found, told, and left out.
import { CallError, type ChangesetDone, type MetaEntity, type StewardClient, unwrap, type Values } from '@steward/sdk'
import { kindOf } from '../filter/column-kind.ts'
import { quoteName } from '../filter/dialect-text.ts'
import { cursorText } from '../list/keyset.ts'
import { asking } from '../list/list-query.ts'
import { keysFilter } from '../list/search-filter.ts'
import { type CheckedRow, keyText, type Mapping } from './check-rows.ts'
import { type Existing, type ImportRequest, insertRequest, planRequests, type Sorted, sortRows } from './plan-import.ts'

/** What an import would do. */
export type Rehearsal = {
  sorted: Sorted
  /** By the database, with its own words. */
  rejected: { rows: readonly CheckedRow[]; error: CallError }[]
  /** What is sent in earnest: the very requests that were tried out. */
  requests: ImportRequest[]
  done: ChangesetDone | null
}

type Trying = { entity: MetaEntity; mapping: Mapping; rows: readonly CheckedRow[]; signal: AbortSignal }

/** More refusals are not looked for one by one: the file needs another look. */
const mostRejected = 25
const keysAtOnce = 150

/** @throws CallError for what no row is to blame for */
export async function rehearseImport(
  client: StewardClient,
  { entity, mapping, rows, signal }: Trying,
): Promise<Rehearsal> {
  const existing = await readExisting(client, { entity, mapping, rows, signal })
  const sorted = sortRows(rows, { entity, mode: mapping.mode, existing })
  let requests = planRequests(entity, sorted)
  const rejected: Rehearsal['rejected'] = []
  while (requests.length > 0) {
    try {
      const sent = requests.map(({ request }) => request)
      const done = await client.changeset(sent, { dryRun: true, signal })
      return { sorted, rejected, requests, done }
    } catch (error) {
      const at = placeOf(error)
      const blamed = at === null ? undefined : requests[at]
      if (at === null || blamed === undefined || rejected.length >= mostRejected) throw error
      const parts = partsOf(entity, blamed)
      if (parts.length === 0) rejected.push({ rows: blamed.rows, error: error as CallError })
      requests = requests.toSpliced(at, 1, ...parts)
    }
  }
  return { sorted, rejected, requests, done: null }
}

/** The request of a changeset that was refused: `requests[2]: …`. */
function placeOf(error: unknown): number | null {
  const [, place] = (error instanceof CallError && /^(?:\["?)?requests\[(\d+)\]/.exec(error.details ?? '')) || []
  return place === undefined ? null : Number(place)
}

/** Several new rows in two halves, to find the one; nothing is left of one alone, nor of records that change together. */
function partsOf(entity: MetaEntity, { request, rows }: ImportRequest): ImportRequest[] {
  if (request.method !== 'POST' || rows.length === 1) return []
  const middle = Math.ceil(rows.length / 2)
  return [rows.slice(0, middle), rows.slice(middle)].map((half) => insertRequest(entity, half))
}

/** The records that the file names by their keys, as texts. */
async function readExisting(client: StewardClient, { entity, mapping, rows, signal }: Trying): Promise<Existing> {
  const isNamed = entity.key.length > 0 && entity.key.every((name) => mapping.columns.includes(name))
  const existing = new Map<string, Record<string, string | null>>()
  if (!isNamed) return existing
  const names = [...new Set([...entity.key, ...mapping.columns.filter((name) => name !== null)])]
  const select = names.map((name) => `${quoteName(name)}${castOf(name, entity)}`).join(',')
  const named = rows.filter(
    ({ key, problems }) => key !== null && problems.every(({ column }) => !entity.key.includes(column)),
  )
  for (let at = 0; at < named.length; at += keysAtOnce) {
    const keys = named.slice(at, at + keysAtOnce).map(({ values }): Values => values)
    const filters = [keysFilter(entity.key, keys)]
    const found = (await unwrap(
      asking(client, { entity, select, filters }).limit(keysAtOnce).abortSignal(signal),
    )) as unknown as Values[]
    for (const record of found) {
      const texts = Object.fromEntries(names.map((name) => [name, cursorText(record[name])]))
      const key = keyText(entity.key, texts)
      if (key !== null) existing.set(key, texts)
    }
  }
  return existing
}

/** An array as PostgreSQL writes it, as in a file; JSON with all digits of its numbers. */
function castOf(name: string, { columns }: MetaEntity): string {
  const column = columns.find((one) => one.name === name)
  return column !== undefined && ['array', 'json'].includes(kindOf(column)) ? '::text' : ''
}
