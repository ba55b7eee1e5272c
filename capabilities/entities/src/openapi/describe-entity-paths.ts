// One entity in the document: its schemas, its filters, and what can be done with it.
import { formatEntity } from '@steward/postgres'
import type { CacheColumn } from '../catalog/schema-cache.ts'
import { writesOf } from '../meta/describe-entities.ts'
import { quoteWord } from '../meta/embed-name.ts'
import type { SeenTable } from '../visibility/see-table.ts'
import type { NameRegister } from './component-names.ts'
import { diffSchema, parameter, refused } from './shared-parts.ts'
import { columnSchema, type Json } from './type-schema.ts'

/** Where an entity is in the document. */
export type Placed = {
  seen: SeenTable
  /** `/orders`, or `/entities/orders` where the short path is another's. */
  path: string
  /** The schema that a request must name; null for the default one. */
  profile: string | null
  label: string
  description: string | null
}

/** The names that are given out in a document. */
export type Names = { schema: NameRegister; parameter: NameRegister; operation: NameRegister }

/** What an entity adds to the document. */
export type EntityParts = { schemas: Json; parameters: Json; paths: Json }

const reserved = new Set(['select', 'order', 'limit', 'offset', 'and', 'or', 'columns', 'on_conflict'])

/**
 * Describes an entity for a role that may read it.
 *
 * @example
 * const { paths } = describeEntityPaths(placed, names)
 */
export function describeEntityPaths(placed: Placed, names: Names): EntityParts {
  const { seen } = placed
  const { table } = seen
  const entity = formatEntity(table)
  const shapes = describeShapes(placed, names)
  const writes = writesOf(seen)
  const isWhole = ({ name }: CacheColumn) => !seen.masks.has(name)
  const filters = [...table.columns.values()].filter(isWhole).filter(({ name }) => !reserved.has(name))
  const filterNames = filters.map(({ name }) => names.parameter(`${table.name}_${name}`, `${entity} ${name}`))
  const parameters = Object.fromEntries(
    filters.map((column, place) => [filterNames[place] as string, describeFilter(column)]),
  )
  const around: Around = {
    ...placed,
    ...shapes,
    entity,
    names,
    rows: [...filterNames.map(parameter), ...['and', 'or'].map(parameter)],
    keys: filterNames.filter((_, place) => table.primaryKey.includes(filters[place]?.name ?? '')).map(parameter),
  }
  const isKeyed = table.primaryKey.length > 0 && writes.includes('insert') && writes.includes('update')
  return {
    schemas: shapes.schemas,
    parameters,
    paths: {
      [placed.path]: {
        get: describeRead(around),
        ...(writes.includes('insert') ? { post: describeInsert(around) } : {}),
        ...(writes.includes('update') ? { patch: describeUpdate(around) } : {}),
        ...(isKeyed && table.primaryKey.every((name) => !seen.masks.has(name)) ? { put: describePut(around) } : {}),
        ...(writes.includes('delete') ? { delete: describeDelete(around) } : {}),
      },
    },
  }
}

type Shapes = { row: Json; insert: Json; update: Json; schemas: Json }
type Around = Placed & Shapes & { entity: string; names: Names; rows: Json[]; keys: Json[] }

function describeShapes({ seen, label, description }: Placed, names: Names): Shapes {
  const { table, masks } = seen
  const entity = formatEntity(table)
  const all = [...table.columns.values()]
  const written = all.filter(({ name, isGenerated }) => !isGenerated && !masks.has(name))
  const required = written.filter((column) => !column.isNullable && column.default === null).map(({ name }) => name)
  const writes = writesOf(seen)
  const [rowName, insertName, updateName] = ['', '_insert', '_update'].map((part) =>
    names.schema(`${table.schema === 'public' ? '' : `${table.schema}.`}${table.name}${part}`, `${entity} ${part}`),
  ) as [string, string, string]
  const shape = (columns: readonly CacheColumn[], more: Json): Json => ({
    type: 'object',
    ...more,
    properties: Object.fromEntries(
      columns.map((column) => [column.name, columnSchema(column, { isMasked: masks.has(column.name) })]),
    ),
  })
  const row = shape(all, {
    title: label,
    description: `${description === null ? '' : `${description}\n\n`}With \`select\`, only what it names.`,
    ...(all.length > 0 ? { required: all.map(({ name }) => name) } : {}),
  })
  return {
    row: reference(rowName),
    insert: reference(insertName),
    update: reference(updateName),
    schemas: {
      [rowName]: row,
      ...(writes.includes('insert') ? { [insertName]: shape(written, required.length > 0 ? { required } : {}) } : {}),
      ...(writes.includes('update') ? { [updateName]: shape(written, {}) } : {}),
    },
  }
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` }
}

function describeFilter({ name, type, comment }: CacheColumn): Json {
  const said = comment === null ? '' : `${comment}\n\n`
  return {
    name: quoteWord(name),
    in: 'query',
    description: `${said}${type}: \`eq.value\`, \`in.(a,b)\` …`,
    schema: { type: 'string' },
  }
}

function operation({ label, entity, names, profile }: Around, verb: string, more: Json & { parameters: Json[] }): Json {
  const isReading = verb === 'list'
  const schemaHeader =
    profile === null
      ? []
      : [
          {
            name: isReading ? 'Accept-Profile' : 'Content-Profile',
            in: 'header',
            required: true,
            description: 'The schema that it is in',
            schema: { type: 'string', enum: [profile] },
          },
        ]
  return {
    operationId: names.operation(`${verb}_${entity}`, `${verb} ${entity}`),
    tags: [entity],
    summary: `${summaries[verb]}: ${label}`,
    ...more,
    parameters: [...schemaHeader, ...more.parameters],
  }
}

const summaries: Readonly<Record<string, string>> = {
  list: 'Lists records',
  insert: 'Inserts records',
  update: 'Updates the records that fit',
  put: 'Inserts or replaces one record by its key',
  delete: 'Deletes the records that fit',
}

const page = ['select', 'order', 'limit', 'offset'].map(parameter)
const writing = ['preferWrite', 'reason', 'diff'].map(parameter)
const rangeHeaders = {
  'Content-Range': { description: '`0-24/*`, with the count where it was asked for', schema: { type: 'string' } },
}

function describeRead(around: Around): Json {
  const content = {
    'application/json': { schema: { type: 'array', items: around.row } },
    'application/vnd.pgrst.object+json': { schema: around.row },
    'text/csv': { schema: { type: 'string' } },
  }
  return operation(around, 'list', {
    description: 'Filter by any column, or with `and` and `or`; more than one record only with a list as answer.',
    parameters: [...around.rows, ...page, ...['range', 'rangeUnit', 'preferRead'].map(parameter)],
    responses: {
      200: { description: 'The records', headers: rangeHeaders, content },
      206: { description: 'Some of the records that were counted', headers: rangeHeaders, content },
      default: refused,
    },
  })
}

function writtenAnswers(row: Json, status: 200 | 201): Json {
  const rows = { type: 'array', items: row }
  return {
    [status]: {
      description: 'The records as they are now, with `return=representation`',
      content: {
        'application/json': { schema: rows },
        'application/vnd.pgrst.object+json': { schema: row },
        'application/vnd.steward.diff+json': { schema: diffSchema({ anyOf: [rows, row, { type: 'null' }] }) },
      },
    },
    ...(status === 200 ? { 204: { $ref: '#/components/responses/Nothing' } } : {}),
    default: refused,
  }
}

function describeInsert(around: Around): Json {
  return operation(around, 'insert', {
    parameters: [...['select', 'columns', 'onConflict'].map(parameter), ...writing],
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { anyOf: [around.insert, { type: 'array', items: around.insert }] } },
        'text/csv': { schema: { type: 'string' } },
      },
    },
    responses: writtenAnswers(around.row, 201),
  })
}

function describeUpdate(around: Around): Json {
  return operation(around, 'update', {
    description:
      'Without a filter it is refused, unless `Prefer: handling=strict, max-affected=…` says how many are meant.',
    parameters: [...around.rows, ...['select', 'columns', 'order', 'limit', 'ifMatch'].map(parameter), ...writing],
    requestBody: { required: true, content: { 'application/json': { schema: around.update } } },
    responses: writtenAnswers(around.row, 200),
  })
}

function describePut(around: Around): Json {
  return operation(around, 'put', {
    description: 'The filter names the key, each of its columns with `eq`, and the body has the same.',
    parameters: [...around.keys, ...['select', 'ifMatch'].map(parameter), ...writing],
    requestBody: { required: true, content: { 'application/json': { schema: around.insert } } },
    responses: writtenAnswers(around.row, 200),
  })
}

function describeDelete(around: Around): Json {
  return operation(around, 'delete', {
    description:
      'Without a filter it is refused, unless `Prefer: handling=strict, max-affected=…` says how many are meant.',
    parameters: [...around.rows, ...['select', 'order', 'limit', 'ifMatch'].map(parameter), ...writing],
    responses: writtenAnswers(around.row, 200),
  })
}
