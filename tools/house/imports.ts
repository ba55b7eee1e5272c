// Finds every import of a source file, of values and of types, with oxc's parser and not with a pattern.
import { parseSync, Visitor } from 'oxc-parser'

export interface Import {
  /** What is asked for; null when it is computed at run time. */
  specifier: string | null
  line: number
  /** Erased before the program runs. */
  isTypeOnly: boolean
  /** Only asks where the module lies (`require.resolve`), and can do without it. */
  isOnlyResolved: boolean
}

/** All imports of one file: static, dynamic, type-only, `export from`, `require`, `import('x').T`. @throws on a syntax error. */
export function readImports(file: string, text: string): Import[] {
  const parsed = parseSync(file, text)
  const failure = parsed.errors.find((error) => error.severity === 'Error')
  if (failure) {
    const at = failure.labels[0]?.start ?? 0
    throw new Error(`${file}:${lineAt(text, at)} cannot be parsed: ${failure.message}`)
  }
  const imports: Import[] = []
  const add = (source: unknown, at: number, isTypeOnly: boolean, isOnlyResolved = false): void => {
    imports.push({ specifier: literal(source), line: lineAt(text, at), isTypeOnly, isOnlyResolved })
  }
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.start, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.start, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.source, node.start, node.exportKind === 'type')
    },
    ImportExpression: (node) => add(node.source, node.start, false),
    TSImportType: (node) => add(node.source, node.start, true),
    TSImportEqualsDeclaration: (node) => {
      if (node.moduleReference.type === 'TSExternalModuleReference') {
        add(node.moduleReference.expression, node.start, node.importKind === 'type')
      }
    },
    CallExpression: (node) => {
      if (isRequire(node.callee)) add(node.arguments[0], node.start, false, node.callee.type === 'MemberExpression')
    },
  }).visit(parsed.program)
  return imports.sort((left, right) => left.line - right.line)
}

/** `require(…)`, `require.resolve(…)` and `import.meta.resolve(…)`. */
function isRequire(callee: { type: string; name?: unknown; object?: unknown; property?: unknown }): boolean {
  if (callee.type === 'Identifier') return callee.name === 'require'
  if (callee.type !== 'MemberExpression') return false
  const object = callee.object as { type: string; name?: unknown }
  const property = callee.property as { name?: unknown }
  const isModule = object.type === 'MetaProperty' || (object.type === 'Identifier' && object.name === 'require')
  return isModule && property.name === 'resolve'
}

function literal(node: unknown): string | null {
  const source = node as { type?: string; value?: unknown; quasis?: { value: { cooked: string | null } }[] } | undefined
  if (source?.type === 'Literal' && typeof source.value === 'string') return source.value
  if (source?.type === 'TemplateLiteral' && source.quasis?.length === 1) return source.quasis[0]?.value.cooked ?? null
  return null
}

/** The line of a position, counted from 1. */
export function lineAt(text: string, position: number): number {
  let line = 1
  for (let index = text.indexOf('\n'); index !== -1 && index < position; index = text.indexOf('\n', index + 1)) line++
  return line
}
