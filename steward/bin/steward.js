#!/usr/bin/env node
// Starts the command line: from dist where it is installed, from source inside the repository.
import { existsSync, realpathSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath } from 'node:url'

const here = realpathSync(fileURLToPath(new URL('..', import.meta.url)))
const isInstalled = /[\\/]node_modules[\\/]/.test(here)
const [major, minor] = process.versions.node.split('.').map(Number)

nodeModule.enableCompileCache?.()
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`steward needs Node 22.18 or newer; this is ${process.version}.`)
  process.exitCode = 1
} else if (!isInstalled && existsSync(new URL('../src/main.ts', import.meta.url))) {
  // The packages of this repository export their TypeScript under the condition `source`; Node runs it directly.
  nodeModule.registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier, { ...context, conditions: ['source', ...context.conditions] }),
  })
  await import('../src/main.ts')
} else {
  await import('../dist/main.js')
}
