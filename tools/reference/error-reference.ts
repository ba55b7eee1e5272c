// The page of all errors: every code that Steward can answer with, what it says, and what to do next.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isCode, isTest, listFiles } from '../repository/files.ts'

export const errorReferenceFile = 'docs/errors.md'

type Text = string | ((values: unknown) => string) | undefined
type Factory = { code: string; declaration: { status: number; message: Text; hint: Text } }
export type DeclaredError = { code: string; status: number; message: string; hint: string }

/** Imports every source file that declares errors (packages resolve by the condition `source`) and reads what they declare. */
export async function collectErrors(root: string): Promise<DeclaredError[]> {
  const files = listFiles(root).filter(
    (file) => /^(foundation|capabilities|hosts|sdk|steward)\//.test(file) && isCode(file) && !isTest(file),
  )
  const found = new Map<string, DeclaredError>()
  for (const file of files.filter((one) => /= defineErrors\('/.test(readFileSync(join(root, one), 'utf8')))) {
    const module: Record<string, unknown> = await import(pathToFileURL(join(root, file)).href)
    for (const exported of Object.values(module)) for (const error of declaredIn(exported)) found.set(error.code, error)
  }
  return [...found.values()].sort((left, right) => (left.code < right.code ? -1 : 1))
}

function declaredIn(exported: unknown): DeclaredError[] {
  if (typeof exported !== 'object' || exported === null) return []
  return Object.values(exported).filter(isFactory).map(toDeclared)
}

function isFactory(value: unknown): value is Factory {
  return typeof value === 'function' && 'code' in value && 'declaration' in value
}

function toDeclared({ code, declaration }: Factory): DeclaredError {
  return { code, status: declaration.status, message: textOf(declaration.message), hint: textOf(declaration.hint) }
}

/** A text with the names of its values in place of the values. */
function textOf(text: Text): string {
  if (typeof text !== 'function') return text ?? ''
  try {
    return text(placeholders)
  } catch {
    return '(made from the case at hand)'
  }
}

const placeholders = new Proxy(
  {},
  {
    get: (_, name) =>
      /^(nearest|conflicts|triggers|columns|candidates)$/.test(String(name))
        ? []
        : name === 'serverHint'
          ? null
          : `‹${String(name)}›`,
  },
)

/** The page. */
export function drawErrorReference(errors: DeclaredError[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim()
  const rows = errors.map(
    ({ code, status, message, hint }) => `| \`${code}\` | ${status} | ${cell(message)} | ${cell(hint)} |`,
  )
  return `# Errors

Every error is \`{ code, message, details, hint }\`, on the wire and on the terminal. A code never changes its meaning. Names in
‹brackets› stand for the values of the case. This page is made by \`npm run fix\`.

| code | status | what happened | what to do next |
|---|---|---|---|
${rows.join('\n')}
`
}
