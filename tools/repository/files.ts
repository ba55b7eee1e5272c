// Lists the files that belong to the repository: what Git tracks or would track, so nothing ignored and nothing forgotten.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'

const codeEndings = new Set(['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'])

/** All files of the repository at `root`, relative with forward slashes, sorted. */
export function listFiles(root: string): string[] {
  const files = existsSync(join(root, '.git')) ? askGit(root) : walk(root)
  return [...new Set(files)].filter((file) => existsSync(join(root, file))).sort()
}

function askGit(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listed.split('\0').filter((file) => file !== '')
}

/** A copy without Git, as from an archive: everything but what is made or installed. */
function walk(root: string): string[] {
  const made = new Set(['node_modules', 'dist', 'packs', 'coverage', '.steward'])
  const files = globSync('**/*', { cwd: root, withFileTypes: true, exclude: (entry) => made.has(entry.name) })
  const dotted = globSync('**/.*{,/**/*}', { cwd: root, withFileTypes: true, exclude: (entry) => made.has(entry.name) })
  return [...files, ...dotted]
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

/** True for a file that a JavaScript or TypeScript parser reads. */
export function isCode(file: string): boolean {
  return codeEndings.has(extname(file)) && !file.endsWith('.d.ts')
}

/** True for a test and for what only tests use. */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || /(^|\/)(testing|fixtures|proofs)\//.test(file)
}
