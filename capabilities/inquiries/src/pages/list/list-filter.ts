// Which inquiries a tab of the list shows.
import type { Inquiry } from '../use-inquiries.ts'

/** The tabs, by their name in the address. */
export const tabs = ['open', 'mine', 'taken', 'answered', 'asked', 'all'] as const

/** A tab. */
export type Tab = (typeof tabs)[number]

/** A tab by its name; the first one for whoever answers, their own questions for whoever only asks. */
export function readTab(text: string | undefined, mayTake: boolean): Tab {
  return tabs.find((tab) => tab === text) ?? (mayTake ? 'open' : 'asked')
}

/** What a list is asked for. */
export type ListQuestion = { state: Inquiry['state'][]; mine: boolean; asker: string | null; text: string | null }

/**
 * What a tab asks for; `actor` is the id of the person who looks.
 *
 * @example
 * questionOf('mine', { actor: 'kim', text: ' ' }) // { state: ['taken'], mine: true, asker: null, text: null }
 */
export function questionOf(tab: Tab, { actor, text }: { actor: string; text: string }): ListQuestion {
  const states: Record<Tab, Inquiry['state'][]> = {
    open: ['open'],
    mine: ['taken'],
    taken: ['taken'],
    answered: ['answered'],
    asked: [],
    all: [],
  }
  const words = text.trim().slice(0, 200)
  return {
    state: states[tab],
    mine: tab === 'mine',
    asker: tab === 'asked' ? actor : null,
    text: words === '' ? null : words,
  }
}
