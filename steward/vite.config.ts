// How the back office's pages are bundled: from source, for browsers of today, without anything inline.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  // Addresses below the document's <base>, wherever the pages are mounted.
  base: './',
  resolve: { conditions: ['source', 'module', 'browser', 'production'] },
  plugins: [react()],
  build: {
    target: 'baseline-widely-available',
    emptyOutDir: true,
    // The content security policy takes neither scripts nor fonts from a text.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What changes with each release of ours apart from what changes with our dependencies.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'mantine', test: /node_modules[\\/](@mantine|@floating-ui|clsx|react-remove-scroll)/ },
            {
              name: 'tanstack',
              test: /node_modules[\\/]@tanstack[\\/](react-router|router-core|history|react-query|query-core|react-store|store)/,
            },
          ],
        },
      },
    },
  },
})
