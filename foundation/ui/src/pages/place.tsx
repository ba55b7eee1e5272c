// A place on a page that other capabilities fill.
import { type ComponentType, createContext, createElement, lazy, Suspense, use, useEffect, useMemo } from 'react'
import { useSteward } from '../server/steward-provider.tsx'
import type { Fill } from './capability-pages.ts'
import type { Places } from './places.ts'

const FillsContext = createContext<readonly Fill[]>([])

/** Hands the fills of all capabilities to every {@link Place} below. */
export const FillsProvider = FillsContext

/**
 * Shows what capabilities have put into a place, in order; nothing where nobody has, or may see it.
 *
 * @example
 * <Place name="record.actions" given={{ entity, recordKey, record }} />
 */
export function Place<Name extends keyof Places>({ name, given }: { name: Name; given: Places[Name] }) {
  const shown = useFills(name).map(lazyOf)
  return shown.map(({ id, component }) => <Suspense key={id}>{createElement(component, given)}</Suspense>)
}

/**
 * Begins to load what fills a place while the page still waits for what it will give it.
 *
 * @example
 * usePlaceAhead('record.timeline')
 */
export function usePlaceAhead(name: keyof Places): void {
  const fills = useFills(name)
  useEffect(() => {
    // What cannot be loaded says so where it is shown.
    for (const fill of fills) fill.load().catch(() => undefined)
  }, [fills])
}

/** What the person may see in a place, in order. */
function useFills(name: keyof Places): Fill[] {
  const fills = use(FillsContext)
  const { may } = useSteward()
  return useMemo(
    () =>
      fills
        .filter((fill) => fill.place === name && (fill.permission === undefined || may(fill.permission)))
        .toSorted((one, other) => one.order - other.order),
    [fills, name, may],
  )
}

type Loaded = { id: number; component: ComponentType<object> }

const loaded = new WeakMap<Fill, Loaded>()
let count = 0

/** One component a fill: a new one for each rendering would lose its state. The place has made sure what it is given. */
function lazyOf(fill: Fill): Loaded {
  const known = loaded.get(fill)
  if (known !== undefined) return known
  const made = {
    id: ++count,
    component: lazy(fill.load as unknown as () => Promise<{ default: ComponentType<object> }>),
  }
  loaded.set(fill, made)
  return made
}
