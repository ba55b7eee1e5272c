// Starts the back office in a browser: languages, looks, the way to the server, and the pages of all capabilities.
import '@steward/ui/styles.css'
import { type CapabilityPages, createPagesClient, LanguageProvider, StewardTheme } from '@steward/ui'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { FrameProvider } from './frame-provider.tsx'
import { buildRouter } from './routes/build-router.tsx'
import { createQueries } from './session/create-queries.ts'

/**
 * What the frame is given.
 *
 * @example
 * const options: FrameOptions = { root: document.body, capabilities: [trailPages, entitiesPages] }
 */
export type FrameOptions = {
  /** Where it is drawn. */
  root: HTMLElement
  /** The pages that hang in it. */
  capabilities: readonly CapabilityPages[]
}

/**
 * Draws the back office, and lets it live as long as the document.
 *
 * @example
 * startFrame({ root: document.body, capabilities: [trailPages, entitiesPages] })
 */
export function startFrame({ root, capabilities }: FrameOptions): void {
  const client = createPagesClient()
  const queries = createQueries()
  const router = buildRouter(capabilities)
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider>
        <StewardTheme>
          <QueryClientProvider client={queries}>
            <FrameProvider client={client} capabilities={capabilities}>
              <RouterProvider router={router} />
            </FrameProvider>
          </QueryClientProvider>
        </StewardTheme>
      </LanguageProvider>
    </StrictMode>,
  )
}
