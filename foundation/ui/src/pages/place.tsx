// A place on a page that other capabilities fill.
import { type ComponentType, createContext, createElement, lazy, Suspense, use, useMemo } from 'react'
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
  const fills = use(FillsContext)
  const { may } = useSteward()
  const shown = useMemo(
    () =>
      fills
        .filter((fill) => fill.place === name && (fill.permission === undefined || may(fill.permission)))
        .toSorted((one, other) => one.order - other.order)
        .map(lazyOf),
    [fills, name, may],
  )
  return shown.map(({ id, component }) => <Suspense key={id}>{createElement(component, given)}</Suspense>)
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
