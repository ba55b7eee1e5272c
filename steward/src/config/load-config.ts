// Runs steward.config.ts as Node runs TypeScript by itself, and says where it is broken when it is.
import { registerHooks } from 'node:module'
import { basename, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { LocalRequest } from '@steward/cli'
import { brokenAt } from './broken-at.ts'
import { configErrors } from './errors.ts'
import { findConfig } from './find-config.ts'
import { type Configured, readConfiguration } from './read-configuration.ts'

/** Where to look. */
export type ConfigPlace = {
  /** --config or STEWARD_CONFIG. */
  named?: string | undefined
  /** The working directory. */
  folder: string
}

/**
 * Finds and loads the configuration; an empty one where there is none.
 *
 * @throws CONFIG_NOT_FOUND, CONFIG_BROKEN with file and line, CONFIG_NO_DEFAULT, CONFIG_INVALID
 * @example
 * const { roles, file } = await loadConfig({ folder: process.cwd() })
 */
export async function loadConfig(place: ConfigPlace): Promise<Configured> {
  const file = await findConfig(place)
  if (file === null) return readConfiguration(undefined)
  const shown = shownName(file, place.folder)
  const { default: configuration } = await run(file, place.folder)
  if (configuration === undefined) throw configErrors.NO_DEFAULT({ file: shown })
  return { ...readConfiguration(configuration, shown), file }
}

/**
 * Which configuration was named for a command: by its option, else by STEWARD_CONFIG.
 *
 * @example
 * const named = configName({ options: { config: 'ops/steward.config.ts' }, env: process.env })
 */
export function configName({ options, env }: Pick<LocalRequest, 'options' | 'env'>): string | undefined {
  const { config } = options
  return typeof config === 'string' ? config : env['STEWARD_CONFIG']
}

async function run(file: string, folder: string): Promise<{ default?: unknown }> {
  const urls = new Set<string>()
  const hooks = registerHooks({ resolve: noting(urls) })
  const emitWarning = process.emitWarning.bind(process)
  // It is TypeScript on purpose: neither that Node runs it, nor how it found out, is news.
  process.emitWarning = (warning: string | Error, ...rest: never[]) => {
    const text = `${String(warning)} ${rest.map((each) => JSON.stringify(each)).join(' ')}`
    if (!/Type Stripping|MODULE_TYPELESS_PACKAGE_JSON/i.test(text)) emitWarning(warning, ...rest)
  }
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    throw configErrors.BROKEN(brokenAt(error, { file, folder, urls }), { cause: error })
  } finally {
    process.emitWarning = emitWarning
    hooks.deregister()
  }
}

type Resolve = NonNullable<Parameters<typeof registerHooks>[0]['resolve']>

function noting(urls: Set<string>): Resolve {
  return (specifier, context, next) => {
    const found = resolveOurs(specifier, context, next)
    const isTheirs = !found.url.includes('/node_modules/') && found.shortCircuit !== true
    if (isTheirs && found.url.startsWith('file:')) urls.add(found.url)
    return found
  }
}

/** `steward/config` is this program's, also where npx started it and the service has no copy; so is zod where it has none. */
const resolveOurs: Resolve = (specifier, context, next) => {
  if (specifier === 'steward/config') {
    const door = import.meta.url.endsWith('.ts') ? '../config.ts' : '../config.js'
    return { url: new URL(door, import.meta.url).href, shortCircuit: true }
  }
  try {
    return next(specifier, context)
  } catch (error) {
    if (specifier !== 'zod') throw error
    return next(specifier, { ...context, parentURL: import.meta.url })
  }
}

function shownName(file: string, folder: string): string {
  return relative(folder, file) || basename(file)
}
