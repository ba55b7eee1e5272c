// Lists the files that belong to the repository: what Git tracks or would track, so nothing ignored and nothing forgotten.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { extname, join } from 'node:path'

const codeEndings = new Set(['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'])

/** All files of the repository at `root`, relative with forward slashes, sorted. @throws when `root` is no Git repository. */
export function listFiles(root: string): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const files = new Set(listed.split('\0').filter((file) => file !== ''))
  return [...files].filter((file) => existsSync(join(root, file))).sort()
}

/** True for a file that a JavaScript or TypeScript parser reads. */
export function isCode(file: string): boolean {
  return codeEndings.has(extname(file)) && !file.endsWith('.d.ts')
}

/** True for a test and for what only tests use. */
export function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file) || /(^|\/)(testing|fixtures|proofs)\//.test(file)
}
