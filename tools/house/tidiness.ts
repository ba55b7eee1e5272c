// Small promises of every file: a first line that says what the room is for, no machine's paths, sizes that feel natural.
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { isCode, isTest, listFiles } from '../repository/files.ts'
import type { Broken } from './broken.ts'
import { checkLockFile } from './lock-file.ts'

const maxLines = { source: 400, test: 600 }
const binaryEndings = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.gif',
  '.ico',
  '.webp',
  '.woff',
  '.woff2',
  '.gz',
  '.tgz',
  '.zip',
])

const rules = {
  firstLine: {
    sentence: 'The first line of every source file is one sentence that says what the room is for.',
    mend: 'Begin the file with a comment: a sentence of three words or more, with a full stop.',
  },
  machine: {
    sentence: 'No file names a path of one machine.',
    mend: 'Find the path at run time (import.meta.dirname, os.tmpdir()), or write it relative to the repository.',
  },
  registry: {
    sentence: 'No file names a package registry: everybody installs from their own.',
    mend: 'Install with omit-lockfile-registry-resolved=true; leave hosts to the .npmrc of each person.',
  },
  link: {
    sentence: 'A link of a document leads to a file of the repository.',
    mend: 'Mend the path, which is relative to the document, or write what it promises.',
  },
  size: {
    sentence: `A source file stops at ${maxLines.source} lines, a test at ${maxLines.test}.`,
    mend: 'Split it where the topic changes; do not split what belongs together to please the number.',
  },
} as const

export interface Tidiness {
  read: number
  broken: Broken[]
}

/** Reads every text file of the repository once. */
export function checkTidiness(root: string): Tidiness {
  const files = listFiles(root).filter((file) => !binaryEndings.has(extname(file)))
  const broken = files.flatMap((file) => checkFile(file, readFileSync(join(root, file), 'utf8'), root))
  return { read: files.length, broken: [...broken, ...checkLockFile(root)] }
}

function checkFile(file: string, text: string, root: string): Broken[] {
  const lines = text.split('\n')
  const broken: Broken[] = []
  const isSource = isCode(file) || extname(file) === '.sql'
  if (isSource && !opensWithSentence(lines)) {
    broken.push({ file, line: 1, found: `opens with ${JSON.stringify(lines[0]?.slice(0, 60))}`, ...rules.firstLine })
  }
  const length = lines.length - (text.endsWith('\n') ? 1 : 0)
  const most = isTest(file) ? maxLines.test : maxLines.source
  if (isSource && length > most) broken.push({ file, line: most, found: `has ${length} lines`, ...rules.size })
  for (const [index, line] of lines.entries()) {
    const machine = findMachinePath(line, root)
    if (machine) broken.push({ file, line: index + 1, found: `says ${machine}`, ...rules.machine })
    for (const link of file.endsWith('.md') ? deadLinks(root, file, line) : []) {
      broken.push({ file, line: index + 1, found: `links to ${link}`, ...rules.link })
    }
    const registry = findRegistry(line, file)
    if (registry) broken.push({ file, line: index + 1, found: `says ${registry}`, ...rules.registry })
  }
  return broken
}

/** The opening comment may run over several lines; a shebang may stand above it. */
function opensWithSentence(lines: readonly string[]): boolean {
  const start = lines[0]?.startsWith('#!') ? 1 : 0
  const comment: string[] = []
  for (const line of lines.slice(start)) {
    const said = /^(?:\/\/|--|\/\*\*?|#)\s*(.*?)\s*(?:\*\/)?$/.exec(line)
    if (!said) break
    comment.push(said[1] ?? '')
  }
  const sentence = comment.join(' ').trim()
  return comment[0] !== '' && /[.:?!](\s|$)/.test(sentence) && sentence.split(/\s+/).length >= 3
}

function findMachinePath(line: string, root: string): string | undefined {
  const home = homedir()
  const places = [root, ...(home.length > 1 && home !== '/root' ? [home] : [])]
  const place = places.find((path) => line.includes(path))
  return place ?? /(?<![\w.*@-])\/(?:home|Users|root)\/[\w.-]+|\b[A-Z]:\\Users\\\w+/.exec(line)?.[0]
}

/** Only links into the repository can be followed without a network. */
function deadLinks(root: string, file: string, line: string): string[] {
  const links = [...line.matchAll(/\]\(([^)\s#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '')
  return links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(file), decodeURI(link))))
}

function findRegistry(line: string, file: string): string | undefined {
  const isLock = basename(file) === 'package-lock.json'
  if (isLock) return /"resolved": "https?:[^"]*"/.exec(line)?.[0]
  const configured = process.env.npm_config_registry
  const host = configured && URL.canParse(configured) ? new URL(configured).host : undefined
  if (host && line.includes(host)) return host
  return /https?:\/\/(?:[\w-]+\.)*(?:registry|artifactory|nexus|verdaccio)[\w-]*\.[\w.-]+|^\s*registry\s*=.*/.exec(
    line,
  )?.[0]
}
