// Values that support must not see, of several customers, now and in the past: written through Steward, so that the trail has them, too.
import type { Helpdesk } from './open-helpdesk.ts'

/** Where the values are, and what they are. */
export type HeldBack = {
  /** A customer who has them now, and had others before. */
  key: string
  email: string
  /** A customer who had them and was deleted. */
  buried: string
  /** Numbers and notes, none of which stands for anything else. */
  secrets: string[]
  cards: string[]
  /** Of all changes of these customers, newest first. */
  operations: string[]
  /** Before this one the first customer had what is in the past now. */
  wrote: string
  inquiry: number
}

const past = {
  resident_number: '810203-1777001',
  card_last4: '7391',
  internal_note: '예전 메모: 신용 등급 재심사 대상',
}
const gone = { resident_number: '920405-2888002', card_last4: '8264', internal_note: '지워진 고객의 메모: 소송 중' }

/** Writes them as a developer, and asks about them. */
export async function plantSecrets(desk: Helpdesk): Promise<HeldBack> {
  const { key, values } = desk.planted.masked
  const { context, close } = await desk.visit('developer')
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, data?: unknown) => {
    const headers = { origin: desk.url, 'Steward-Reason': 'TICKET-3', Prefer: 'return=representation' }
    const answer = await context.request.fetch(`${desk.url}/api${path}`, { method, headers, data })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return answer.json()
  }
  const [{ workspace_id }] = await ask('GET', `/customers?id=eq.${key}&select=workspace_id`)
  await ask('PATCH', `/customers?id=eq.${key}`, past)
  await ask('PATCH', `/customers?id=eq.${key}`, values)
  const customer = { workspace_id, company: '한때 상사', name: '한때', email: 'once@helpdesk.example', ...gone }
  const [{ id }] = await ask('POST', '/customers', customer)
  await ask('DELETE', `/customers?id=eq.${id}`)
  const { operations } = await ask('GET', '/trail/operations?entity=customers&limit=4')
  const ids: string[] = operations.map((operation: { id: string }) => operation.id)
  const inquiry = await ask('POST', '/inquiries', { text: '고객 정보가 바뀌었어요', entity: 'customers', key })
  await close()
  const all = [values, past, gone]
  return {
    key,
    email: desk.planted.deletion.customer.email,
    buried: String(id),
    secrets: all.flatMap(({ resident_number, internal_note }) => [resident_number, internal_note]),
    cards: all.map(({ card_last4 }) => card_last4),
    operations: ids,
    wrote: ids[2] ?? '',
    inquiry: Number(inquiry.id),
  }
}
