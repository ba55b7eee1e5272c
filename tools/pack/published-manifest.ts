// The package.json that users get: no `source` condition, no development dependencies, no scripts.
import type { Manifest } from '../repository/workspaces.ts'

/**
 * A copy of the manifest as it is published; every door must have types and a default. A door that leads to source alone is for those
 * who bundle the back office, and is left out. @throws when a door has not what it must have.
 */
export function publishedManifest(manifest: Manifest): Manifest {
  const { devDependencies, scripts, private: _, ...kept } = manifest
  if (!manifest.exports) return kept
  const exports = Object.fromEntries(
    Object.entries(manifest.exports).flatMap(([door, target]): [string, typeof target][] => {
      if (typeof target === 'string') return [[door, target]]
      const { source, ...conditions } = target
      if (source !== undefined && Object.keys(conditions).length === 0) return []
      if (!conditions.types || !conditions.default)
        throw new Error(`${manifest.name} has a door ${door} without types or default.`)
      return [[door, conditions]]
    }),
  )
  return { ...kept, exports }
}
