// Writes one record, or rehearses it: by its key, only what changed, holding on to the version that was read.
import { parseJson } from '@steward/base'
import { type ChangeFacts, type MetaEntity, type StewardClient, unwrap, type Values } from '@steward/sdk'
import { keyFilters, type Listening, listen, tableOf } from '../record/select-record.ts'

/** What is written. */
export type Write =
  | { kind: 'insert'; values: Values }
  | { kind: 'update'; key: Values; values: Values; etag: string | null }
  | { kind: 'delete'; key: Values; etag: string | null }

/** What a write did, or would do. */
export type Written = {
  /** As it is after it; of a removal as it was. */
  record: Values | null
  /** Everything that changed, triggers and cascades included; null where no trail shows it. */
  changes: ChangeFacts[] | null
  /** Its id in the trail; null of a rehearsal. */
  operation: string | null
}

/** Does it. @throws CallError; its status is 412 where somebody was quicker */
export async function writeRecord(
  steward: StewardClient,
  { entity, write, reason }: { entity: MetaEntity; write: Write; reason: string },
): Promise<Written> {
  const listening = listen(steward, reason.trim() === '' ? {} : { reason: reason.trim() })
  await unwrap(ask(listening.client, entity, write))
  const { text, operation } = listening.heard()
  return { record: firstOf(text), changes: null, operation }
}

/** Does it, shows what it did, and takes it back: the exact diff. @throws CallError as {@link writeRecord} */
export async function rehearseWrite(
  steward: StewardClient,
  { entity, write }: { entity: MetaEntity; write: Write },
): Promise<Written> {
  if (entity.isTracked !== true) {
    const plain: Listening = listen(steward, { dryRun: true })
    await unwrap(ask(plain.client, entity, write))
    return { record: firstOf(plain.heard().text), changes: null, operation: null }
  }
  const listening = listen(steward)
  await listening.client.dryRun((rehearsing) => unwrap(ask(rehearsing, entity, write)))
  const { changes, result } = parseJson(listening.heard().text) as { changes: ChangeFacts[]; result: unknown }
  return { record: recordIn(result), changes, operation: null }
}

function ask(client: StewardClient, entity: MetaEntity, write: Write) {
  const table = tableOf(client, entity)
  if (write.kind === 'insert') return table.insert(write.values as never).select()
  let query = write.kind === 'update' ? table.update(write.values as never) : table.delete()
  for (const [column, value] of keyFilters(entity, write.key)) query = query.eq(column, value)
  return (write.etag === null ? query : query.setHeader('If-Match', write.etag)).select()
}

function firstOf(text: string): Values | null {
  return text === '' ? null : recordIn(parseJson(text))
}

function recordIn(body: unknown): Values | null {
  const [first] = Array.isArray(body) ? (body as Values[]) : []
  return first ?? null
}
