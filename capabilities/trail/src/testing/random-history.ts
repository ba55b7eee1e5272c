// Random schemas and random histories for the laws of the trail; for tests only.
import fc from 'fast-check'

/** A column of a random table. */
type RandomColumn = { name: string; type: keyof typeof values }

/** A random table; `parent` is the number of an earlier table, or its own. */
export type RandomTable = {
  name: string
  isComposite: boolean
  columns: RandomColumn[]
  hasUnique: boolean
  parent: number | null
  onDelete: 'CASCADE' | 'SET NULL' | 'NO ACTION'
  onUpdate: 'CASCADE' | 'NO ACTION'
}

/** What one statement does; numbers are turned into rows and values when the schema is known. */
export type RandomStatement = {
  deed: 'insert' | 'update' | 'rekey' | 'delete' | 'truncate' | 'upsert'
  table: number
  id: number
  other: number
  value: number
  isUndone: boolean
}

/** An operation: transactions, each a list of statements. */
export type RandomOperation = RandomStatement[][]

export type RandomHistory = { tables: RandomTable[]; start: RandomStatement[]; operations: RandomOperation[] }

// Each type with values that are easily lost on the way.
const values = {
  int: ['0', '-1', '2147483647', 'NULL'],
  numeric: ['1.0', '1.00', "'NaN'", '12345678901234567890.123450', 'NULL'],
  text: ["''", "'안녕'", "E'a\\nb\"\\\\'", 'NULL'],
  jsonb: ["'null'", '\'{"a": [1.0, null]}\'', '\'"x"\'', 'NULL'],
  json: ["'null'", '\'{"b":1, "a":2,"a":3}\'', 'NULL'],
  float8: ["'-0'", "'NaN'", '0.1', "'-Infinity'", 'NULL'],
  timestamptz: ["'2026-01-02 03:04:05.000001+09'", "'infinity'", 'NULL'],
  'int[]': ["'{1,NULL,3}'", "'[0:1]={7,8}'", "'{}'", 'NULL'],
  bytea: ["'\\xdeadbeef'", "''", 'NULL'],
} as const

const types = Object.keys(values) as (keyof typeof values)[]

const columns = fc
  .array(fc.constantFrom(...types), { minLength: 1, maxLength: 3 })
  .map((chosen) => chosen.map((type, place) => ({ name: `c${place}`, type })))

const table = (number: number): fc.Arbitrary<RandomTable> =>
  fc.record({
    name: fc.constant(`t${number}`),
    isComposite: fc.boolean(),
    columns,
    hasUnique: fc.boolean(),
    parent: fc.option(fc.nat({ max: number }), { nil: null, freq: 4 }),
    onDelete: fc.constantFrom('CASCADE', 'SET NULL', 'NO ACTION'),
    onUpdate: fc.constantFrom('CASCADE', 'NO ACTION'),
  })

const statement: fc.Arbitrary<RandomStatement> = fc.record({
  deed: fc.constantFrom(
    'insert',
    'insert',
    'update',
    'update',
    'update',
    'rekey',
    'delete',
    'delete',
    'upsert',
    'truncate',
  ),
  table: fc.nat({ max: 4 }),
  id: fc.integer({ min: 1, max: 6 }),
  other: fc.integer({ min: 1, max: 6 }),
  value: fc.nat({ max: 59 }),
  isUndone: fc.boolean().map((undone) => undone),
})

const operation: fc.Arbitrary<RandomOperation> = fc.array(fc.array(statement, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 2,
})

/** Schemas of one to five related tables, rows to begin with, and one to six operations. */
export const randomHistory: fc.Arbitrary<RandomHistory> = fc.integer({ min: 1, max: 5 }).chain((count) =>
  fc.record({
    tables: fc.tuple(...Array.from({ length: count }, (_, number) => table(number))),
    start: fc
      .array(statement, { minLength: 4, maxLength: 14 })
      .map((all) => all.map((one) => ({ ...one, deed: 'insert' as const, isUndone: false }))),
    operations: fc.array(operation, { minLength: 1, maxLength: 6 }),
  }),
)

/** SQL that makes the tables in a schema. */
export function schemaSql(schema: string, tables: RandomTable[]): string {
  return [`CREATE SCHEMA ${schema}`, ...tables.map((one) => tableSql(schema, one, tables))].join(';\n')
}

function tableSql(schema: string, table: RandomTable, tables: RandomTable[]): string {
  const parent = table.parent === null ? undefined : tables[table.parent]
  const lines = [
    'id int NOT NULL',
    ...(table.isComposite ? ["part text NOT NULL DEFAULT 'p'"] : []),
    ...(table.hasUnique ? ['mark int UNIQUE'] : []),
    ...table.columns.map(({ name, type }) => `${name} ${type}`),
    `PRIMARY KEY (id${table.isComposite ? ', part' : ''})`,
    // referred to by its number alone, whatever else is in the key
    ...(table.isComposite ? ['UNIQUE (id)'] : []),
    ...(parent
      ? [
          'parent_id int',
          `FOREIGN KEY (parent_id) REFERENCES ${schema}.${parent.name} (id) ON DELETE ${table.onDelete} ON UPDATE ${table.onUpdate}`,
        ]
      : []),
  ]
  return `CREATE TABLE ${schema}.${table.name} (${lines.join(', ')})`
}

/** SQL of one statement. */
export function statementSql(
  schema: string,
  tables: RandomTable[],
  { deed, table, id, other, value }: RandomStatement,
): string {
  const target = tables[table % tables.length] as RandomTable
  const name = `${schema}.${target.name}`
  const column = target.columns[value % target.columns.length] as RandomColumn
  const literal = (of: RandomColumn) => values[of.type][value % values[of.type].length] as string
  const names = ['id', ...target.columns.map((one) => one.name)]
  const row = [String(id), ...target.columns.map(literal)]
  if (target.hasUnique) {
    names.push('mark')
    row.push(value % 3 === 0 ? 'NULL' : String(value % 7))
  }
  if (target.parent !== null) {
    names.push('parent_id')
    row.push(value % 4 === 0 ? 'NULL' : String(other))
  }
  const insert = `INSERT INTO ${name} (${names.join(', ')}) VALUES (${row.join(', ')})`
  switch (deed) {
    case 'insert':
      return insert
    case 'upsert':
      return `${insert} ON CONFLICT (id) DO UPDATE SET ${column.name} = excluded.${column.name}`
    case 'update':
      return target.parent !== null && value % 5 === 0
        ? `UPDATE ${name} SET parent_id = ${value % 2 === 0 ? 'NULL' : other} WHERE id = ${id}`
        : `UPDATE ${name} SET ${column.name} = ${literal(column)}${target.hasUnique && value % 2 === 0 ? `, mark = ${value % 7}` : ''} WHERE id ${value % 3 === 0 ? '>' : '='} ${id}`
    case 'rekey':
      return `UPDATE ${name} SET id = ${other + (value % 2) * 10} WHERE id = ${id}`
    case 'delete':
      return `DELETE FROM ${name} WHERE id ${value % 3 === 0 ? '<' : '='} ${id}`
    default:
      return value % 4 === 0 ? `TRUNCATE ${name} CASCADE` : `DELETE FROM ${name} WHERE id = ${id}`
  }
}
