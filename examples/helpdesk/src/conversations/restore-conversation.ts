// Takes a deleted conversation out of the bin again, with the messages that went there with it.
import type { Database } from '../database/database.ts'
import { Refusal } from '../refusal.ts'

/** What came back. */
export type Restored = { conversation: string; subject: string; messages: number }

/**
 * Restores a deleted conversation. Messages that had been deleted one by one before it stay deleted: only those with the
 * same instant went together.
 *
 * @throws Refusal where there is no such conversation, or it is not deleted.
 * @example
 * const { messages } = await restoreConversation(database, 'b7a8c1de-2f7e-4b53-9d07-3f0d4c5f8a10')
 */
export async function restoreConversation(database: Database, conversation: string): Promise<Restored> {
  const { rows } = await database.query<{ subject: string; deleted: boolean }>(
    'SELECT subject, deleted_at IS NOT NULL AS deleted FROM conversations WHERE id = $1 FOR UPDATE',
    [conversation],
  )
  const [found] = rows
  if (found === undefined) throw new Refusal('NOT_FOUND', `There is no conversation ${conversation}.`)
  if (!found.deleted) throw new Refusal('NOT_POSSIBLE', `“${found.subject}” is not deleted.`)
  const { rowCount } = await database.query(
    `UPDATE messages SET deleted_at = NULL FROM conversations
      WHERE conversations.id = $1 AND messages.conversation_id = $1 AND messages.deleted_at = conversations.deleted_at`,
    [conversation],
  )
  await database.query('UPDATE conversations SET deleted_at = NULL WHERE id = $1', [conversation])
  return { conversation, subject: found.subject, messages: rowCount ?? 0 }
}
