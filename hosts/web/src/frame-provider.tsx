// What every part of the frame needs to know: the way to the server, and whose pages hang here.

import type { StewardClient } from '@steward/sdk'
import type { CapabilityPages } from '@steward/ui'
import { createContext, type ReactNode, use, useMemo } from 'react'

type FrameParts = { client: StewardClient; capabilities: readonly CapabilityPages[] }

const FrameContext = createContext<FrameParts | null>(null)

/** Hands client and capabilities to everything in the frame. */
export function FrameProvider({ client, capabilities, children }: FrameParts & { children: ReactNode }) {
  const parts = useMemo(() => ({ client, capabilities }), [client, capabilities])
  return <FrameContext value={parts}>{children}</FrameContext>
}

/** The client and the capabilities. @throws Error outside of the frame */
export function useFrame(): FrameParts {
  const parts = use(FrameContext)
  if (parts === null) throw new Error('useFrame() is called outside of the frame.')
  return parts
}
