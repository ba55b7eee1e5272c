// Lays out types of TypeScript on lines of 80 columns, as people and formatters would.

/** A piece of a type: a text that stays on its line, or parts that are put on one line or on several. */
export type Layout =
  | string
  | { kind: 'fields'; fields: Field[]; isOpen: boolean; suffix: string }
  | { kind: 'choice'; options: Layout[] }
  | { kind: 'tuple'; members: Layout[] }

/** A property: its name as it is written (see {@link propertyName}) and its type. */
export type Field = [name: string, type: Layout]

const lineLength = 80

/** `{ … }`; `isOpen` puts each property on a line of its own even where all would fit on one. */
export function fields(list: Field[], { isOpen = true, suffix = '' } = {}): Layout {
  return { kind: 'fields', fields: list, isOpen, suffix }
}

/** `a | b` */
export function choice(options: Layout[]): Layout {
  return options.length === 1 ? (options[0] as Layout) : { kind: 'choice', options }
}

/** `[a, b]`; a tuple's objects keep the comma behind the last of them. */
export function tuple(members: Layout[]): Layout {
  return { kind: 'tuple', members }
}

/**
 * A property's name, quoted where it must be.
 *
 * @example
 * propertyName('user-id') // '"user-id"'
 */
export function propertyName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

/**
 * The type as text, to stand behind what already takes `used` columns of its line, in a block that is indented by `indent`.
 *
 * @example
 * print(fields([['id', 'number']]), 0) // '{\n  id: number\n}'
 */
export function print(layout: Layout, indent: number, used = indent): string {
  const flat = flatten(layout)
  if (flat !== null && (typeof layout === 'string' || used + flat.length <= lineLength)) return flat
  if (typeof layout === 'string') return layout
  const pad = ' '.repeat(indent)
  if (layout.kind === 'choice') {
    return layout.options.map((option) => `\n${pad}  | ${print(option, indent + 4)}`).join('')
  }
  if (layout.kind === 'tuple') {
    return `[\n${layout.members.map((member) => `${pad}  ${print(member, indent + 2)},\n`).join('')}${pad}]`
  }
  return `{\n${layout.fields.map((field) => `${pad}  ${printField(field, indent + 2)}\n`).join('')}${pad}}${layout.suffix}`
}

/** A property of a block that is indented by `indent`. */
export function printField([name, type]: Field, indent: number): string {
  const text = print(type, indent, indent + name.length + 2)
  return text.startsWith('\n') ? `${name}:${text}` : `${name}: ${text}`
}

// On one line, or null where a part wants several.
function flatten(layout: Layout): string | null {
  if (typeof layout === 'string') return layout
  if (layout.kind === 'choice') return joined(layout.options.map(flatten), ' | ')
  if (layout.kind === 'tuple') {
    const members = joined(layout.members.map(flatten), ', ')
    return members === null ? null : `[${members}]`
  }
  if (layout.fields.length === 0) return `{}${layout.suffix}`
  if (layout.isOpen) return null
  const list = joined(
    layout.fields.map(([name, type]) => joined([name, flatten(type)], ': ')),
    '; ',
  )
  return list === null ? null : `{ ${list} }${layout.suffix}`
}

function joined(parts: (string | null)[], separator: string): string | null {
  return parts.includes(null) ? null : parts.join(separator)
}
