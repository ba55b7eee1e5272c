// Where a configuration is broken, and what to do about it: read from what Node says when it cannot run it.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isStewardError } from '@steward/base'

/** What could not be run, and from where it is looked at. */
type Run = {
  /** Absolute. */
  file: string
  /** The working directory: places are written as seen from there. */
  folder: string
  /** All files of the service that were about to be run with it, as urls. */
  urls: ReadonlySet<string>
}

type Place = { path: string; line: number | null }

/**
 * The place, the problem in one sentence, and a hint.
 *
 * @example
 * const { place } = brokenAt(error, { file, folder, urls }) // 'steward.config.ts:12'
 */
export function brokenAt(error: unknown, run: Run): { place: string; problem: string; hint: string } {
  const { path, line } = placeOf(error, run)
  const shown = relative(run.folder, path) || basename(path)
  const [problem = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return {
    place: line === null ? shown : `${shown}:${line}`,
    problem: problem.replace(/([^.?!])$/, '$1.'),
    hint: hintOf(error, path),
  }
}

function placeOf(error: unknown, run: Run): Place {
  const whole = { path: run.file, line: null }
  if (!(error instanceof Error)) return whole
  const importer = / imported from (?:file:\/\/)?(\/.+?)$/m.exec(error.message)?.[1]
  if (importer !== undefined) return { path: importer, line: lineOfImport(importer, error.message) }
  // Of the places that are told, the configuration's own is where people begin to look.
  const told = placesIn(`${error.message}\n${error.stack ?? ''}`)
  const found =
    told.find(({ path }) => path === run.file) ?? told.find(({ path }) => run.urls.has(pathToFileURL(path).href))
  if (found !== undefined) return found
  return (error instanceof SyntaxError ? placeOfSyntax(run) : null) ?? whole
}

function placesIn(text: string): Place[] {
  const places = text.matchAll(/(?:^|[\s(])(file:\/\/)?(\/[^\n():]+):(\d+)/g)
  return [...places].map(([, scheme, path = '', line]) => ({
    path: scheme === undefined ? path : fileURLToPath(scheme + path),
    line: Number(line),
  }))
}

/** Node says which module it did not find, and not in which line. */
function lineOfImport(file: string, message: string): number | null {
  const name = basename(/'([^']+)'/.exec(message)?.[1] ?? '')
  try {
    const lines = readFileSync(file, 'utf8').split('\n')
    const at = lines.findIndex((line) => /\b(import|from|require)\b/.test(line) && line.includes(name))
    return name === '' || at < 0 ? null : at + 1
  } catch {
    return null
  }
}

/** Nor does it say where the syntax of JavaScript is wrong, unless it is asked to check one file. */
function placeOfSyntax({ urls }: Run): Place | null {
  for (const url of [...urls].slice(0, 100)) {
    const path = fileURLToPath(url)
    const { status, stderr } = spawnSync(process.execPath, ['--check', path], { encoding: 'utf8', timeout: 10_000 })
    if (status !== 0) return placesIn(stderr ?? '').find((place) => place.path === path) ?? { path, line: null }
  }
  return null
}

const advice: Readonly<Record<string, string>> = {
  ERR_MODULE_NOT_FOUND:
    'Node resolves imports as they are written: with their extension ("./orders.ts"), from an installed package.',
  ERR_UNSUPPORTED_DIR_IMPORT: 'Node imports files and no folders: write "./orders/index.ts".',
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX:
    'Node strips types and compiles nothing: import the compiled JavaScript of code with enums, decorators or parameter properties.',
  ERR_INVALID_TYPESCRIPT_SYNTAX: 'Check the syntax there.',
  ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING:
    'A package in node_modules must be JavaScript: import its compiled door.',
}

function hintOf(error: unknown, path: string): string {
  if (isStewardError(error) && error.hint !== null) return error.hint
  const { message = '', code = '' } = (error ?? {}) as { message?: string; code?: string }
  if (/use import statement|Unexpected token 'export'|(require|module|exports) is not defined/.test(message)) {
    return `Node takes ${basename(path)} for the other kind of module: the extension .mts (or .cts) says which it is.`
  }
  if (/does not provide an export/.test(message)) return 'Types are imported as types: import type { … } from …'
  if (/Invalid or unexpected token/.test(message)) {
    return 'Check the syntax there. Code with decorators is compiled before Node can run it: import its JavaScript.'
  }
  return advice[code] ?? 'It is run when Steward starts: mend it there. STEWARD_DEBUG=1 shows more.'
}
