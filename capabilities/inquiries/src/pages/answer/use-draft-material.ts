// Everything that an answer for the customer is drafted from: the operation, whose changes these are, and what put them back.
import type { ChangeFacts, Meta, MetaEntity, Operation, StewardClient, Values } from '@steward/sdk'
import { keyParts, useMeta, useSteward, valueText } from '@steward/ui'
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import {
  type CountedOwner,
  changesOf,
  countRecords,
  type KnownChange,
  missingReferences,
  type Owner,
  ownerId,
  ownersOf,
  parentsOf,
} from './changes-of.ts'
import type { Revert } from './put-back-of.ts'

/** What an answer is drafted from; `titles` are what people call the owners, by their id. */
export type DraftMaterial = {
  operation: Operation
  changes: KnownChange[]
  /** Of tables that the person may not see. */
  hidden: number
  reverts: Revert[]
  owners: CountedOwner[]
  titles: ReadonlyMap<string, string>
}

type Details = {
  operation: Operation & { revertedBy?: { id: string; at: string }[] }
  changes: ChangeFacts[]
  hidden?: number
}

/** An operation that was reverted more often than this is nobody's to answer for. */
const mostReverts = 10
/** Records a request, and requests an entity. */
const rowsAtOnce = 100
const mostRows = 1000

/** Asks for all of it; `subject` is offered as an owner, with the records that it refers to. */
export function useDraftMaterial(operation: string, subject: Owner | null): UseQueryResult<DraftMaterial> {
  const { client } = useSteward()
  const { data: meta } = useMeta()
  return useQuery({
    queryKey: ['trail', 'draft', operation, subject === null ? null : ownerId(subject)],
    enabled: meta !== undefined,
    queryFn: ({ signal }) => gather(client, { operation, subject, meta: meta as Meta, signal }),
  })
}

type Asked = { operation: string; subject: Owner | null; meta: Meta; signal: AbortSignal }

async function gather(client: StewardClient, { operation: id, subject, meta, signal }: Asked): Promise<DraftMaterial> {
  const { operation, changes: facts, hidden = 0 } = await readOperation(client, id, signal)
  const reverting = (operation.revertedBy ?? []).slice(0, mostReverts)
  const [reverts, changes] = await Promise.all([
    Promise.all(reverting.map((each) => readRevert(client, each.id, signal))),
    lookUp(client, { facts, meta, signal }),
  ])
  const near = subject === null ? [] : await ownersNear(client, { subject, changes, meta, signal })
  const found = new Map([...near, ...ownersOf(changes, meta)].map((owner) => [ownerId(owner), owner]))
  const owners = [...found.values()].filter(({ records }) => records > 0)
  const titles = await readTitles(client, { owners, meta, signal })
  return { operation, changes, hidden, reverts, owners, titles }
}

function readOperation(client: StewardClient, id: string, signal: AbortSignal): Promise<Details> {
  return client.ask<Details>(`/trail/operations/${encodeURIComponent(id)}`, { signal })
}

async function readRevert(client: StewardClient, id: string, signal: AbortSignal): Promise<Revert> {
  const { operation, changes } = await readOperation(client, id, signal)
  return { at: operation.at, isTakenBack: (operation.revertedBy ?? []).length > 0, changes }
}

/** An edit says what it changed alone: to whom its record belongs stands in the record. */
async function lookUp(
  client: StewardClient,
  { facts, meta, signal }: { facts: readonly ChangeFacts[]; meta: Meta; signal: AbortSignal },
): Promise<KnownChange[]> {
  const rows = new Map<string, Values>()
  for (const entity of meta.entities) {
    const [key, more] = entity.key
    const wanting = facts.filter((fact) => fact.entity === entity.entity && missingReferences(fact, entity).length > 0)
    if (wanting.length === 0 || key === undefined || more !== undefined) continue
    const columns = entity.columns.filter(({ references, readable }) => references !== null && readable)
    const ids = [...new Set(wanting.flatMap((fact) => keyOf(fact, entity) ?? []))].slice(0, mostRows)
    for (let at = 0; at < ids.length; at += rowsAtOnce) {
      const asked = {
        entity,
        columns: [key, ...columns.map(({ name }) => name)],
        key,
        ids: ids.slice(at, at + rowsAtOnce),
        signal,
      }
      for (const row of await readRows(client, asked)) rows.set(`${entity.entity} ${valueText(row[key])}`, row)
    }
  }
  return facts.map((change) => {
    const entity = meta.entities.find((each) => each.entity === change.entity)
    const key = entity === undefined ? null : keyOf(change, entity)
    return { change, rest: key === null ? null : (rows.get(`${change.entity} ${key}`) ?? null) }
  })
}

function keyOf({ key }: ChangeFacts, entity: MetaEntity): string | null {
  const parts = key === null ? null : keyParts(entity.key, key)
  return parts?.length === 1 ? (parts[0] as string) : null
}

type AskedRows = {
  entity: MetaEntity
  columns: readonly string[]
  key: string
  ids: readonly string[]
  signal: AbortSignal
}

async function readRows(client: StewardClient, { entity, columns, key, ids, signal }: AskedRows): Promise<Values[]> {
  const source = entity.schema === 'public' ? client : client.schema(entity.schema)
  const names = [...new Set(columns)].map((name) => `"${name.replaceAll('"', '\\"')}"`).join(',')
  const { data, error } = await source.from(entity.name).select(names).in(key, ids).abortSignal(signal)
  if (error !== null) throw error
  return data as unknown as Values[]
}

type Near = { subject: Owner; changes: readonly KnownChange[]; meta: Meta; signal: AbortSignal }

/** The subject, and what it refers to: the customer of an order. One that is gone says so in its last change. */
async function ownersNear(client: StewardClient, { subject, changes, meta, signal }: Near): Promise<CountedOwner[]> {
  const entity = meta.entities.find((each) => each.entity === subject.entity)
  if (entity === undefined) return []
  const own = changes.find(
    ({ change }) =>
      change.entity === subject.entity && change.key !== null && isSame(keyParts(entity.key, change.key), subject.key),
  )
  const references = entity.columns.filter((column) => column.references !== null && column.readable)
  const [key, more] = entity.key
  const canAsk = own === undefined && key !== undefined && more === undefined && references.length > 0
  const columns = [key as string, ...references.map(({ name }) => name)]
  const rows = canAsk ? await readRows(client, { entity, columns, key, ids: subject.key, signal }) : []
  const values = { ...rows[0], ...own?.rest, ...own?.change.before, ...own?.change.after }
  return [subject, ...parentsOf(entity, values, meta)].map((owner) => ({
    ...owner,
    records: countRecords(changesOf(owner, changes, meta)),
  }))
}

function isSame(one: readonly string[] | null, other: readonly string[]): boolean {
  return one !== null && one.length === other.length && one.every((part, at) => part === other[at])
}

/** Names make owners easier to choose; where they cannot be read, their keys do. */
async function readTitles(
  client: StewardClient,
  { owners, meta, signal }: { owners: readonly Owner[]; meta: Meta; signal: AbortSignal },
): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for (const [name, those] of Map.groupBy(owners, (owner) => owner.entity)) {
    const entity = meta.entities.find((each) => each.entity === name)
    const [key, more] = entity?.key ?? []
    if (entity?.title == null || key === undefined || more !== undefined) continue
    const asked = { entity, columns: [key, entity.title], key, ids: those.flatMap((owner) => owner.key), signal }
    for (const row of await readRows(client, asked).catch(() => [])) {
      const title = row[entity.title]
      if (title != null) titles.set(ownerId({ entity: name, key: [valueText(row[key])] }), valueText(title))
    }
  }
  return titles
}
