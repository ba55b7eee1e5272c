// Collects the examples: every ```ts block of the documents and every @example of the source, each with its place.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { isCode, isTest, listFiles } from '../repository/files.ts'
import { readWorkspaces, workspaceOf } from '../repository/workspaces.ts'
import { readDoorNames } from './doors.ts'

export interface Example {
  file: string
  /** The line of its first line of code. */
  line: number
  code: string
  /** Import declarations that the reader has in mind: of blocks above, or of the package that is documented. */
  imports: string[]
  /** NestJS and TypeORM speak legacy decorators. */
  isLegacy: boolean
}

/** What every example may use without declaring it; elsewhere `trail` is the capability of that name. */
const givenNames = [
  { used: /(?<![.\w$])pool(?![\w$])/, name: 'pool', declaration: "declare const pool: import('pg').Pool" },
  { used: /(?<![.\w$])trail\./, name: 'trail', declaration: "declare const trail: import('@steward/trail').Trail" },
]

/** Every example of the repository, in the order of the files. */
export function collectExamples(root: string): Example[] {
  const files = listFiles(root)
  const documents = files.filter(
    (file) => file.endsWith('.md') && file !== 'CHANGELOG.md' && !file.includes('/fixtures/'),
  )
  const sources = files.filter(
    (file) => isCode(file) && !isTest(file) && !file.startsWith('tools/') && !needsBrowser(file),
  )
  const doors = importableNames(root)
  const everyName = [...doors.values()].flatMap((names) => [...names])
  const workspaces = readWorkspaces(root, files)
  return [
    ...documents.flatMap((file) => readDocument(file, readFileSync(join(root, file), 'utf8'))),
    ...sources.flatMap((file) => {
      const owner = workspaceOf(file, workspaces)?.manifest.name ?? ''
      const text = readFileSync(join(root, file), 'utf8')
      return readDocstrings(
        file,
        text,
        new Map([...everyName, ...(doors.get(owner) ?? []), ...ownNames(root, file, text)]),
      )
    }),
  ]
}

/** The module that the compiler reads: every line and column stands where it stands in the document. */
export function writeExample({ line, code, imports }: Example): string {
  const above = '\n'.repeat(Math.max(0, line - 2))
  return `${above}${imports.join('; ')}${line > 1 ? '\n' : ''}${code}\nexport {}\n`
}

/** The blocks of one document; a later block may use what an earlier one has imported. */
export function readDocument(file: string, text: string): Example[] {
  const examples: Example[] = []
  const known = new Map<string, string>()
  const fence = /^([ \t]*)```(?:ts|typescript)\b[^\n]*\n([\s\S]*?)^[ \t]*```[ \t]*$/gm
  for (const match of text.matchAll(fence)) {
    const code = match[2] ?? ''
    const line = lineCount(text.slice(0, match.index)) + 2
    examples.push({ file, line, code, ...prepare(code, known) })
    for (const [name, declaration] of importedNames(code)) known.set(name, declaration)
  }
  return examples
}

/** The @example of each docstring; names behind our doors are imported for it, its own package's first. */
export function readDocstrings(file: string, text: string, doors: ReadonlyMap<string, string>): Example[] {
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) =>
    [...comment[0].matchAll(/^[ \t]*\* @example\b([^\n]*)\n([\s\S]*?)(?=^[ \t]*\* @\w|^[ \t]*\*\/)/gm)].map((match) => {
      const first = lineCount(text.slice(0, comment.index + match.index)) + 2
      const lines = (match[2] ?? '').split('\n').map((line) => line.replace(/^([ \t]*)\*/, '$1 '))
      const code = lines.map((line) => (/^\s*```/.test(line) ? '' : line)).join('\n')
      return { file, line: first, code, ...prepare(code, doors) }
    }),
  )
}

function prepare(code: string, known: ReadonlyMap<string, string>): Pick<Example, 'imports' | 'isLegacy'> {
  const present = new Set([...importedNames(code).keys(), ...declaredNames(code)])
  const given = givenNames.filter(({ name, used }) => !present.has(name) && used.test(code))
  for (const { name } of given) present.add(name)
  const needed = [...known].filter(
    ([name]) => !present.has(name) && new RegExp(`(?<![.\\w$])${name}(?![\\w$])`).test(code),
  )
  const isLegacy = /from '(?:@nestjs\/|typeorm)|^\s*@(?:Module|Injectable|Controller|Entity)\(/m.test(code)
  const declarations = [...needed.map(([, declaration]) => declaration), ...given.map(({ declaration }) => declaration)]
  return { imports: [...new Set(declarations)], isLegacy }
}

/** Local name → a declaration that imports just it. */
function importedNames(code: string): Map<string, string> {
  const names = new Map<string, string>()
  for (const { moduleRequest, entries } of parseSync('example.ts', code).module.staticImports) {
    for (const { importName, localName } of entries) {
      const local = localName.value
      const from = `from '${moduleRequest.value}'`
      if (importName.kind === 'Default') names.set(local, `import ${local} ${from}`)
      else if (importName.kind === 'NamespaceObject') names.set(local, `import * as ${local} ${from}`)
      else names.set(local, `import { ${importName.name ?? local} as ${local} } ${from}`)
    }
  }
  return names
}

/** The names that a block declares at its top, also by taking an object apart. */
function declaredNames(code: string): string[] {
  return parseSync('example.ts', code).program.body.flatMap((statement) => {
    const isExport = statement.type === 'ExportNamedDeclaration'
    const declaration = isExport ? statement.declaration : statement
    if (!declaration) return []
    if (declaration.type === 'VariableDeclaration') return declaration.declarations.flatMap(({ id }) => boundNames(id))
    return 'id' in declaration ? boundNames(declaration.id) : []
  })
}

type Pattern = {
  type: string
  name?: unknown
  properties?: unknown
  elements?: unknown
  value?: unknown
  left?: unknown
  argument?: unknown
}

function boundNames(node: unknown): string[] {
  const pattern = node as Pattern | null
  if (!pattern) return []
  if (pattern.type === 'Identifier') return [String(pattern.name)]
  const inside = [pattern.properties, pattern.elements, pattern.value, pattern.left, pattern.argument]
  return inside.flatMap((part) => (Array.isArray(part) ? part.flatMap(boundNames) : boundNames(part)))
}

/** What a file exports can be used in its own examples, also when no door leads to it. */
function ownNames(root: string, file: string, text: string): Map<string, string> {
  const entries = parseSync(file, text).module.staticExports.flatMap((statement) => statement.entries)
  const names = entries.flatMap(({ exportName }) =>
    exportName.kind === 'Name' && exportName.name ? [exportName.name] : [],
  )
  return new Map(names.map((name) => [name, `import { ${name} } from '${join(root, file).replaceAll('\\', '/')}'`]))
}

/** Package → name behind one of its doors → the declaration that imports it. */
function importableNames(root: string): Map<string, Map<string, string>> {
  const packages = new Map<string, Map<string, string>>()
  for (const { package: owner, door, name } of readDoorNames(root)) {
    const names = packages.get(owner) ?? new Map<string, string>()
    packages.set(owner, names)
    if (!names.has(name)) names.set(name, `import { ${name} } from '${owner}${door.slice(1)}'`)
  }
  return packages
}

function lineCount(text: string): number {
  return text.split('\n').length - 1
}

/** What is drawn in a browser has examples in JSX, and is behind no published door. */
function needsBrowser(file: string): boolean {
  return /^(foundation\/ui|hosts\/web|steward\/src\/web)\/|\/src\/pages\//.test(file)
}
