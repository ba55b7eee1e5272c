// Operations for the search box: one by its id, others by what stands in them.

import type { Operation, StewardClient } from '@steward/sdk'
import { operationPath, type SearchItem } from '@steward/ui'
import type { OperationsAnswer } from '../answers.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const most = 5
/** A word that nobody said has to be looked for in every operation of the period: the page of the trail looks further back. */
const lookedBackMs = 30 * 24 * 60 * 60 * 1000

/** An operation by its id; else the newest few of the last thirty days that have the text. Nothing for what is too short, or reads like an address or a number. */
export async function findOperations(client: StewardClient, text: string, signal: AbortSignal): Promise<SearchItem[]> {
  const wanted = text.trim()
  if (uuid.test(wanted)) return findById(client, wanted.toLowerCase(), signal)
  if (!isWorthAsking(wanted)) return []
  const { operations } = await client.ask<OperationsAnswer>('/trail/operations', {
    query: { text: wanted, limit: most, from: new Date(Date.now() - lookedBackMs).toISOString() },
    signal,
  })
  return operations.map(toItem)
}

/** Numbers and e-mail addresses are of records: to look through all operations for them takes long and finds others. */
export function isWorthAsking(text: string): boolean {
  return text.length >= 3 && /\p{L}/u.test(text) && !text.includes('@')
}

async function findById(client: StewardClient, id: string, signal: AbortSignal): Promise<SearchItem[]> {
  try {
    const { operation } = await client.operation(id, { signal })
    return [toItem(operation)]
  } catch (error) {
    // A uuid may as well be the key of a record, which others find.
    if ((error as { status?: unknown }).status === 404) return []
    throw error
  }
}

function toItem(operation: Operation): SearchItem {
  const { id, procedure, actor, reason } = operation
  const who = actor.name ?? actor.id
  return {
    id,
    label: procedure ?? id,
    detail: reason === null ? who : `${who} · ${reason}`,
    group: { en: 'Operations', ko: '작업' },
    path: operationPath(id),
  }
}
