// Inquiries for the search box: one by its number, others by what was said in them.
import type { StewardClient } from '@steward/sdk'
import type { SearchItem } from '@steward/ui'
import { inquiriesWords } from '../inquiries-words.ts'
import { pathOf } from '../path-of.ts'
import type { Inquiry } from '../use-inquiries.ts'

const most = 5

/** The newest few that have the text, or the one of this number; nothing for a single letter. */
export async function findInquiries(client: StewardClient, text: string, signal: AbortSignal): Promise<SearchItem[]> {
  const wanted = text.trim()
  if (!isWorthAsking(wanted)) return []
  const { inquiries } = await client.ask<{ inquiries: Inquiry[] }>('/inquiries', {
    query: { text: wanted, limit: most },
    signal,
  })
  return inquiries.map((inquiry) => ({
    id: String(inquiry.id),
    label: `#${inquiry.id} ${inquiry.title}`,
    detail: inquiry.askedBy.name ?? inquiry.askedBy.id,
    group: { en: inquiriesWords.en.inquiries, ko: inquiriesWords.ko.inquiries },
    path: pathOf(inquiry),
  }))
}

/** A number finds one at once; of words, two letters are enough in Korean. */
export function isWorthAsking(text: string): boolean {
  return /^#?\d{1,9}$/.test(text) || (text.length >= 2 && text.length <= 200)
}
