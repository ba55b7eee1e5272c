// Reads the packages of the repository: their manifests, their doors and the source file behind each door.
import { readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { listFiles } from './files.ts'

export interface Manifest {
  name: string
  version?: string
  description?: string
  private?: boolean
  bin?: Record<string, string>
  files?: string[]
  exports?: Record<string, Record<string, string> | string>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
  optionalDependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  [field: string]: unknown
}

export interface Workspace {
  /** Relative to the root with forward slashes, '' for the root itself. */
  folder: string
  manifest: Manifest
  /** Door (`.`, `./nest`) → source file, relative to the root. */
  doors: Map<string, string>
}

/** Every package.json of the repository with its doors, the root's first. Fixtures are programs of their own and left out. */
export function readWorkspaces(root: string, files: readonly string[] = listFiles(root)): Workspace[] {
  return files
    .filter((file) => posix.basename(file) === 'package.json' && !file.includes('/fixtures/'))
    .map((file) => {
      const folder = dirname(file) === '.' ? '' : dirname(file)
      const manifest = JSON.parse(readFileSync(join(root, file), 'utf8')) as Manifest
      return { folder, manifest, doors: readDoors(folder, manifest) }
    })
    .sort((left, right) => left.folder.localeCompare(right.folder))
}

/** The workspace whose folder holds the file: the innermost one. */
export function workspaceOf(file: string, workspaces: readonly Workspace[]): Workspace | undefined {
  return workspaces
    .filter((workspace) => workspace.folder === '' || file.startsWith(`${workspace.folder}/`))
    .sort((left, right) => right.folder.length - left.folder.length)[0]
}

function readDoors(folder: string, manifest: Manifest): Map<string, string> {
  const doors = new Map<string, string>()
  for (const [door, target] of Object.entries(manifest.exports ?? {})) {
    const source = typeof target === 'string' ? target : (target.source ?? target.default)
    if (source) doors.set(door, posix.join(folder, source))
  }
  return doors
}
