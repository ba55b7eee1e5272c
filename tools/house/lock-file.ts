// The lock file must install everywhere: it holds the packages of every platform, and no registry.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Broken } from './broken.ts'

interface LockedPackage {
  version?: string
  optionalDependencies?: Record<string, string>
}

/**
 * Optional packages that the lock file does not hold. npm leaves them out silently when a registry does not have them, and
 * then `npm ci` fails, here or on the first machine with another processor.
 */
export function checkLockFile(root: string): Broken[] {
  const file = 'package-lock.json'
  if (!existsSync(join(root, file))) return []
  const lock = JSON.parse(readFileSync(join(root, file), 'utf8')) as { packages?: Record<string, LockedPackage> }
  const packages = Object.entries(lock.packages ?? {})
  const held = new Set(packages.map(([path]) => path.replace(/^.*node_modules\//, '')))
  return packages.flatMap(([path, { version, optionalDependencies = {} }]) => {
    const missing = Object.keys(optionalDependencies).filter((name) => !held.has(name))
    if (missing.length === 0) return []
    return {
      file,
      line: null,
      found: `${path.replace(/^.*node_modules\//, '')} ${version ?? ''} without ${missing.join(', ')}`,
      sentence: 'The lock file holds the packages of every platform.',
      mend: 'Choose a version whose platform packages the registry has, then: npm install --package-lock-only',
    }
  })
}
