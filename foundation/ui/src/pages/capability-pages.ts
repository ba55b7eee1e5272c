// What a capability hands to the frame: its pages, its entries in the menu, and what it adds to pages of others.

import type { StewardClient } from '@steward/sdk'
import type { ComponentType } from 'react'
import type { Phrase } from '../language/language.ts'
import type { Places } from './places.ts'

/**
 * The pages of a capability, made by its door `./pages`. The frame takes a list of these and knows nothing else of it.
 *
 * @example
 * export const checksPages: CapabilityPages = {
 *   name: 'checks',
 *   menu: [{ label: { en: 'Checks', ko: '점검' }, path: '/checks', icon: IconChecks, order: 60, permission: 'checks:list' }],
 *   routes: [{ path: '/checks', title: { en: 'Checks', ko: '점검' }, load: () => import('./checks-page.tsx') }],
 * }
 */
export type CapabilityPages = {
  /** The capability's word: its folder and the first part of its addresses. */
  name: string
  menu?: readonly MenuEntry[]
  routes: readonly PageRoute[]
  fills?: readonly Fill[]
  search?: SearchSource
}

/** An entry of the menu; those that the person has no permission for are left out. */
export type MenuEntry = {
  label: Phrase
  path: string
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>
  /** From 10 to 100: where it stands among the others. */
  order: number
  permission?: string
  /** How many things wait there; a hook, called while it is shown. Null shows nothing. */
  useCount?: () => number | null
}

/** A page with its address, loaded when somebody goes there. */
export type PageRoute = {
  /** `/orders/$id`: what follows `$` is a parameter. */
  path: string
  title: Phrase
  load: () => Promise<{ default: ComponentType }>
}

/** What a capability adds to a place on somebody else's page. */
export type Fill = {
  [Name in keyof Places]: {
    place: Name
    /** From 10 to 100: where it stands among others in the same place. */
    order: number
    /** Shown only to those who have it. */
    permission?: string
    load: () => Promise<{ default: ComponentType<Places[Name]> }>
  }
}[keyof Places]

/** A source of the search box. */
export type SearchSource = {
  label: Phrase
  order: number
  permission?: string
  /** At most twenty; an empty list where the text is nothing that it knows. */
  find: (client: StewardClient, text: string, signal: AbortSignal) => Promise<SearchItem[]>
}

/** Something that the search box found. */
export type SearchItem = {
  /** Unique within its source. */
  id: string
  label: string
  /** What it is, or where it matched. */
  detail: string | null
  /** Above it in the list: the label of its entity. */
  group: Phrase | null
  path: string
}
