// How the tests run: packages straight from source, every file with its own cloned database.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  // The global setup runs in Vitest's own environment, which looks at neither of the two above.
  environments: { __vitest__: { resolve: { conditions: ['source'] } } },
  test: {
    include: ['{foundation,capabilities,hosts,sdk,steward,examples,bench,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/fixtures/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    globalSetup: ['foundation/cluster/src/vitest-setup.ts'],
  },
})
