// Reads the whole house: every source file, its room, its package and where each of its imports leads.
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, matchesGlob, posix } from 'node:path'
import { isCode, listFiles } from '../repository/files.ts'
import { readWorkspaces, type Workspace, workspaceOf } from '../repository/workspaces.ts'
import { type Import, readImports } from './imports.ts'
import { type Room, rooms } from './rooms.ts'

/** Where an import leads. `beyond` is a file of the repository that no parser reads (JSON, CSS). */
export type Target =
  | { kind: 'file'; file: string; door: string | null }
  | { kind: 'beyond'; file: string }
  | { kind: 'node'; name: string }
  | { kind: 'npm'; name: string }
  | { kind: 'no door'; package: string; door: string }
  | { kind: 'nowhere' }
  | { kind: 'computed' }

export interface SourceFile {
  file: string
  room: Room | undefined
  workspace: Workspace | undefined
  imports: (Import & { target: Target })[]
}

export interface House {
  root: string
  files: Map<string, SourceFile>
  /** Files that no parser reads here: styles, pictures, SQL. */
  others: ReadonlySet<string>
  workspaces: Workspace[]
}

/** Reads and resolves everything. @throws when a file has a syntax error. */
export function readHouse(root: string): House {
  const listed = listFiles(root)
  const known = new Set(listed)
  const workspaces = readWorkspaces(root, listed)
  const files = new Map<string, SourceFile>()
  for (const file of listed.filter(isCode)) {
    const imports = readImports(file, readFileSync(join(root, file), 'utf8'))
    files.set(file, {
      file,
      room: roomOf(file),
      workspace: workspaceOf(file, workspaces),
      imports: imports.map((entry) => ({ ...entry, target: resolveImport(file, entry.specifier, known, workspaces) })),
    })
  }
  return { root, files, others: new Set(listed.filter((file) => !isCode(file))), workspaces }
}

/** The room that owns a file: the first of the plan that knows it. */
export function roomOf(file: string): Room | undefined {
  return rooms.find((room) => room.files.some((pattern) => matchesGlob(file, pattern)))
}

function resolveImport(
  from: string,
  specifier: string | null,
  known: ReadonlySet<string>,
  workspaces: readonly Workspace[],
): Target {
  if (specifier === null) return { kind: 'computed' }
  if (specifier.startsWith('.')) return resolveRelative(from, specifier, known)
  if (isBuiltin(specifier)) return { kind: 'node', name: specifier }
  const [scopeOrName = '', second = ''] = specifier.split('/')
  const name = specifier.startsWith('@') ? `${scopeOrName}/${second}` : scopeOrName
  if (specifier.startsWith('/') || specifier.startsWith('#') || specifier.includes(':')) return { kind: 'nowhere' }
  const owner = workspaces.find((workspace) => workspace.manifest.name === name)
  if (!owner) return { kind: 'npm', name }
  const door = `.${specifier.slice(name.length)}`
  const file = owner.doors.get(door)
  if (!file || !known.has(file)) return { kind: 'no door', package: name, door }
  return { kind: 'file', file, door }
}

function resolveRelative(from: string, specifier: string, known: ReadonlySet<string>): Target {
  const file = posix.join(posix.dirname(from), specifier)
  // What a bin starts when it is installed is made from the file of the same name in src.
  const source = file.replace(/\/dist\/(.*)\.js$/, '/src/$1.ts')
  // Programs that are compiled before they run import what they will be.
  const compiled = file.replace(/\.js$/, '.ts')
  const found = [file, source, compiled].find((candidate) => known.has(candidate))
  if (!found) return { kind: 'nowhere' }
  return isCode(found) ? { kind: 'file', file: found, door: null } : { kind: 'beyond', file: found }
}
