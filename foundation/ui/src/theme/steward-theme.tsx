// How everything looks: our own theme of Mantine, light or dark as the viewer has chosen.
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { HintLayer } from '../hint/hint-layer.tsx'
import { readStyleNonce } from './style-nonce.ts'
import { makeTheme } from './theme.ts'

/**
 * Gives everything below its looks. Light and dark are as the browser says until somebody chooses (`useMantineColorScheme` of
 * Mantine), which this browser remembers. The styles come from `@steward/ui/styles.css`, the fonts when the page stands.
 *
 * @example
 * <StewardTheme><LanguageProvider>{page}</LanguageProvider></StewardTheme>
 */
export function StewardTheme({ children }: { children: ReactNode }) {
  const [{ theme, nonce, colorSchemeManager }] = useState(() => ({
    theme: makeTheme(),
    nonce: announceNonce(readStyleNonce()),
    colorSchemeManager: localStorageColorSchemeManager({ key: 'steward.color-scheme' }),
  }))
  // Nobody waits for fonts: the page is drawn with the system's, and changes over.
  useEffect(() => void import('./fonts.css'), [])
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemeManager}
      getStyleNonce={() => nonce}
    >
      {children}
      <HintLayer />
    </MantineProvider>
  )
}

/** Where the lock of the scroll bar behind a dialog looks for it. */
function announceNonce(nonce: string): string {
  if (nonce !== '') Object.assign(globalThis, { __webpack_nonce__: nonce })
  return nonce
}
