// The way to the server for every page: one client, who looks, and what they may do.
import type { Contract } from '@steward/contract'
import { createClient, type StewardClient } from '@steward/sdk'
import { type CapabilityClient, capabilityClient } from '@steward/sdk/contract'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { holds, type Whoami } from './whoami.ts'

/** What pages know of the server. */
export type StewardAccess = {
  /** Numbers come exact: as texts in rows of entities, as `parseJson` keeps them elsewhere. */
  client: StewardClient
  whoami: Whoami
  /** Whether the person has a permission; a page that is reached without it gets the server's refusal. */
  may: (permission: string) => boolean
  /** Ends the session and goes to the sign-in page. */
  signOut: () => Promise<void>
}

const StewardContext = createContext<StewardAccess | null>(null)

/** The address of the API beside this page: below the address that the page's `<base>` names. */
export const apiUrl = (): string => new URL('api', document.baseURI).href

/** A client for the pages: its writes are said to come from the back office. */
export function createPagesClient(): StewardClient {
  return createClient({ url: apiUrl(), exact: true, headers: { 'Steward-Source': 'backoffice' } })
}

/** Gives every page below its way to the server. */
export function StewardProvider({
  children,
  ...given
}: Pick<StewardAccess, 'client' | 'whoami' | 'signOut'> & { children: ReactNode }) {
  const { client, whoami, signOut } = given
  const access = useMemo<StewardAccess>(
    () => ({ client, whoami, signOut, may: (permission) => holds(whoami.permissions, permission) }),
    [client, whoami, signOut],
  )
  return <StewardContext value={access}>{children}</StewardContext>
}

/**
 * The way to the server.
 *
 * @throws Error outside of a StewardProvider
 */
export function useSteward(): StewardAccess {
  const access = use(StewardContext)
  if (access === null) throw new Error('useSteward() is called outside of a StewardProvider.')
  return access
}

/**
 * The procedures of a capability as methods, typed by its contract.
 *
 * @example
 * const { listKeys } = useCapability('access', accessContract)
 */
export function useCapability<const C extends Contract>(capability: string, contract: C): CapabilityClient<C> {
  const { client } = useSteward()
  return useMemo(() => capabilityClient(client, capability, contract), [client, capability, contract])
}
