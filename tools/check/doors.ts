// Finds every name behind every door of the published packages, and the declaration that stands behind the name.
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'
import { lineAt } from '../house/imports.ts'
import { readWorkspaces } from '../repository/workspaces.ts'

export interface DoorName {
  package: string
  door: string
  name: string
  /** Where it is declared. */
  file: string
  line: number
  declaration: 'function' | 'class' | 'value' | 'type'
  /** The text of the comment right above the declaration; null without one. */
  docstring: string | null
}

interface Declared {
  line: number
  declaration: DoorName['declaration']
  docstring: string | null
}

interface Module {
  declared: Map<string, Declared>
  /** Exported name → local name here, or the name in another file. */
  exported: Map<string, { from: string | null; name: string }>
  stars: string[]
}

/** All names behind doors, a name once for each door that leads to it. */
export function readDoorNames(root: string): DoorName[] {
  const modules = new Map<string, Module>()
  const moduleOf = (file: string): Module => {
    const module = modules.get(file) ?? readModule(root, file)
    modules.set(file, module)
    return module
  }
  return readWorkspaces(root)
    .filter(({ folder, manifest }) => folder !== '' && manifest.private !== true)
    .flatMap(({ manifest, doors }) =>
      [...doors].flatMap(([door, file]) =>
        [...namesOf(file, moduleOf)].flatMap(([name, place]) => {
          const declared = moduleOf(place.file).declared.get(place.name)
          return declared ? [{ package: manifest.name, door, name, file: place.file, ...declared }] : []
        }),
      ),
    )
}

type Place = { file: string; name: string }

function namesOf(file: string, moduleOf: (file: string) => Module, seen = new Set<string>()): Map<string, Place> {
  const names = new Map<string, Place>()
  if (seen.has(file)) return names
  seen.add(file)
  const module = moduleOf(file)
  for (const star of module.stars) {
    for (const [name, place] of namesOf(star, moduleOf, seen)) if (!names.has(name)) names.set(name, place)
  }
  for (const [name, target] of module.exported) {
    const place = target.from === null ? { file, name: target.name } : namesOf(target.from, moduleOf).get(target.name)
    if (place) names.set(name, place)
  }
  return names
}

function readModule(root: string, file: string): Module {
  // A door that leads nowhere is told by the walls.
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : ''
  const { program, module, comments } = parseSync(file, text)
  const result: Module = { declared: new Map(), exported: new Map(), stars: [] }
  for (const statement of program.body) {
    const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
    const declaration = isExport && 'declaration' in statement ? statement.declaration : statement
    if (!declaration) continue
    const docstring = commentAbove(text, comments, statement.start)
    for (const [name, kind] of declaredNames(declaration)) {
      // Of an overloaded function the first signature carries the docstring.
      const before = result.declared.get(name)
      if (before?.docstring) continue
      result.declared.set(name, { line: lineAt(text, statement.start), declaration: kind, docstring })
    }
  }
  const imported = new Map<string, { from: string; name: string }>()
  for (const { moduleRequest, entries } of module.staticImports) {
    const from = relativeFile(file, moduleRequest.value)
    for (const { importName, localName } of entries) {
      if (from && importName.name) imported.set(localName.value, { from, name: importName.name })
    }
  }
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, importName, exportName, localName } of entries) {
      const from = moduleRequest && relativeFile(file, moduleRequest.value)
      if (moduleRequest && !from) continue
      if (from && exportName.name === null) result.stars.push(from)
      else if (from) result.exported.set(exportName.name ?? '', { from, name: importName.name ?? '' })
      else {
        const name = localName.name ?? exportName.name ?? ''
        result.exported.set(exportName.name ?? 'default', imported.get(name) ?? { from: null, name })
      }
    }
  }
  return result
}

function relativeFile(file: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : null
}

type Node = { type: string; id?: unknown; declarations?: unknown }

function declaredNames(node: Node): [string, DoorName['declaration']][] {
  const nameOf = (id: unknown): string => (id as { name?: string } | null)?.name ?? 'default'
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'TSDeclareFunction':
      return [[nameOf(node.id), 'function']]
    case 'ClassDeclaration':
      return [[nameOf(node.id), 'class']]
    case 'VariableDeclaration':
      return (node.declarations as { id: unknown; init?: { type: string } | null }[]).map(({ id, init }) => [
        nameOf(id),
        init?.type === 'ArrowFunctionExpression' ? 'function' : 'value',
      ])
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return [[nameOf(node.id), 'type']]
    default:
      return []
  }
}

function commentAbove(
  text: string,
  comments: readonly { type: string; value: string; end: number }[],
  start: number,
): string | null {
  const above = comments.findLast((comment) => comment.type === 'Block' && comment.end <= start)
  if (!above?.value.startsWith('*')) return null
  // A line comment for a tool may stand between the docstring and what it describes.
  const between = text.slice(above.end, start).replaceAll(/\/\/.*/g, '')
  return between.trim() === '' ? above.value : null
}
