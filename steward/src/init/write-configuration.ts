// Writes a proposed configuration as the TypeScript that people read and change.
import type { Proposal } from './propose-configuration.ts'

/**
 * The text of steward.config.ts. It compiles under strict, and loads as it is.
 *
 * @example
 * await writeFile('steward.config.ts', writeConfiguration(proposal))
 */
export function writeConfiguration({ schemas, entities, support, developers, tenant, unindexed }: Proposal): string {
  return `${[
    '// What Steward knows of this service beside its database. Written by `steward init`, and yours from now on.',
    '// Check it at any time with: steward doctor. It is read when Steward starts; an editor shows what else may stand here.',
    "import { defineConfig } from 'steward/config'",
    '',
    'export default defineConfig({',
    ...schemaLines(schemas),
    '  // How people call things: by which column they call a record, where the search box looks, what a list shows. What is',
    '  // left out is taken from the database: its comments, keys and indexes. A label may be { en, ko }.',
    '  entities: {',
    ...Object.entries(entities).flatMap(([name, words]) => [...indexLines(unindexed.get(name)), entry(name, words, 4)]),
    '  },',
    '',
    '  // Who may do what; what is not said is not allowed. `admin` may do everything and `reader` may read everything: both',
    '  // are always there. A key or a person has one role: steward access key create <name> --role cx',
    '  roles: {',
    '    // Support: sees records and what happened to them. A masked column is seen in part or not at all, and can be neither',
    '    // filtered nor sorted by. These are guesses from names and comments: go through them.',
    '    cx: {',
    '      permissions: [',
    "        'entities:search', 'entities:meta', 'entities:views', 'entities:save-view', 'entities:delete-view',",
    "        'trail:history', 'trail:at', 'trail:operation', 'trail:operations', 'trail:blast', 'trail:status',",
    "        'inquiries:ask', 'inquiries:list', 'inquiries:read', 'inquiries:comment', 'inquiries:close', 'inquiries:report',",
    '      ],',
    ...tenantLines(tenant),
    '      entities: {',
    ...Object.entries(support).map(([name, rule]) => entry(name, rule, 8)),
    '      },',
    '    },',
    '    // Developers: read and write everything, a hundred rows at a time, with a reason; secrets they need not see.',
    '    developer: {',
    "      permissions: ['entities:*', 'trail:*', 'inquiries:*'],",
    '      maxAffected: 100,',
    '      entities: {',
    entry('*', { read: true, write: true }, 8),
    ...Object.entries(developers).map(([name, rule]) => entry(name, rule, 8)),
    '      },',
    '    },',
    '  },',
    '',
    '  // Business functions of the service, in its own code: at /api/rpc/orders.refund, as `steward orders refund`, and as an',
    '  // action of the record. Each call is an operation in the trail; a role needs the permission orders:refund.',
    "  // import { z } from 'zod', and defineProcedure from 'steward/config'.",
    '  // procedures: [',
    '  //   defineProcedure({',
    "  //     name: 'orders.refund',",
    "  //     summary: 'Refunds an order',",
    "  //     effect: 'write',",
    "  //     entity: 'orders',",
    '  //     input: z.object({ order: z.number().int() }),',
    '  //     output: z.object({ refunded: z.boolean() }),',
    '  //     run: async ({ transaction, reason }, { order }) => refundOrder(transaction, order, reason),',
    '  //   }),',
    '  // ],',
    '',
    '  // Where `steward serve` listens; `url` is where people reach it, and stands in links.',
    "  // server: { port: 4848, host: '127.0.0.1', url: 'https://steward.example.com' },",
    '})',
  ].join('\n')}\n`
}

function schemaLines(schemas: string[] | null): string[] {
  if (schemas === null) return []
  return [
    '  // What is shown, the default first. An entity outside of public is named with its schema.',
    entry('schemas', schemas, 2),
    '',
  ]
}

function indexLines(columns: readonly string[] | undefined): string[] {
  if (columns === undefined) return []
  return [`    // An index on ${columns.map(comment).join(', ')} would let the search box find parts of it.`]
}

function tenantLines(tenant: Proposal['tenant']): string[] {
  if (tenant === null) return []
  const { column, entities, of } = tenant
  const rule = `where: { ${keyOf(column)}: 7 }`
  return [
    `      // ${entities} of ${of} tables have ${comment(column)}. To show one customer's rows alone: ${rule}, or by who asks:`,
    `      // where: (actor) => ({ ${keyOf(column)}: … }). It holds for what is read and for what is written.`,
  ]
}

const width = 118

function entry(name: string, value: unknown, indent: number): string {
  const pad = ' '.repeat(indent)
  return `${pad}${keyOf(name)}: ${literal(value, { indent, used: indent + keyOf(name).length + 3 })},`
}

/** On one line where it fits. */
function literal(value: unknown, { indent, used }: { indent: number; used: number }): string {
  const flat = flatLiteral(value)
  if (used + flat.length <= width || typeof value !== 'object' || value === null) return flat
  const pad = ' '.repeat(indent + 2)
  const lines = Array.isArray(value)
    ? value.map((each) => `${pad}${literal(each, { indent: indent + 2, used: indent + 3 })},`)
    : Object.entries(value).map(([name, each]) => entry(name, each, indent + 2))
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${lines.join('\n')}\n${' '.repeat(indent)}${close}`
}

function flatLiteral(value: unknown): string {
  if (typeof value === 'string') return text(value)
  if (Array.isArray(value)) return `[${value.map(flatLiteral).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  const fields = Object.entries(value).map(([name, each]) => `${keyOf(name)}: ${flatLiteral(each)}`)
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`
}

/** `__proto__` as a bare key would set the prototype. */
function keyOf(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[a-zA-Z_$][\w$]*$/.test(name) ? name : text(name)
}

/** Names and comments of a database may hold anything, a line's end too, and what turns the direction of a line. */
function text(value: string): string {
  const escaped = JSON.stringify(value)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll(/[\u2028\u2029\p{Bidi_Control}]/gu, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
  if (!escaped.includes("'")) return `'${escaped}'`
  return value.includes('"') ? `'${escaped.replaceAll("'", "\\'")}'` : `"${escaped}"`
}

/** In a comment of one line. */
function comment(name: string): string {
  return name.replaceAll(/[\p{Cc}\u2028\u2029\p{Bidi_Control}]+/gu, ' ')
}
