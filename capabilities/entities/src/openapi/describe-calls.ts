// Functions of the database and procedures of the service in the document, at `/rpc/<name>`.
import { schemasOf, wordsOf } from '@steward/contract'
import type { ServiceProcedure } from '@steward/engine'
import { formatEntity, type QualifiedName } from '@steward/postgres'
import type { CacheFunction, SchemaCache } from '../catalog/schema-cache.ts'
import { jsonSchemaOf } from '../meta/json-schema.ts'
import type { NameRegister } from './component-names.ts'
import { diffSchema, jsonAnswer, parameter, refused } from './shared-parts.ts'
import { type Json, orNull, typeSchema } from './type-schema.ts'

/** What functions are described with. */
export type Describing = {
  seen: SchemaCache
  /** The component of a table's row, where the document has one. */
  rowOf: (table: QualifiedName) => Json | null
  operation: NameRegister
  defaultSchema: string
}

/**
 * The paths of the functions of a schema; several of one name share one.
 *
 * @example
 * Object.keys(describeFunctions('public', describing)) // ['/rpc/add_them', …]
 */
export function describeFunctions(schema: string, describing: Describing): Json {
  const { seen } = describing
  return Object.fromEntries(
    seen.functionNames(schema).map((name) => {
      const overloads = seen.functions(schema, name)
      return [`/rpc/${encodeURIComponent(name)}`, describeFunction(overloads, describing)]
    }),
  )
}

function describeFunction(overloads: readonly CacheFunction[], describing: Describing): Json {
  const [first] = overloads as [CacheFunction]
  const entity = formatEntity(first)
  const { comment } = first
  const common = {
    tags: ['Functions'],
    summary: `Calls ${entity}`,
    ...(comment === null ? {} : { description: comment }),
    responses: functionAnswers(overloads, describing),
  }
  const profile = (name: string) =>
    first.schema === describing.defaultSchema
      ? []
      : [{ name, in: 'header', required: true, schema: { type: 'string', enum: [first.schema] } }]
  const isWritten = overloads.some(({ volatility }) => volatility === 'volatile')
  const paging = ['select', 'order', 'limit', 'offset'].map(parameter)
  const shared = first.returns.isSet || first.returns.isComposite ? paging : []
  const post = {
    operationId: describing.operation(`call_${entity}`, `post rpc ${entity}`),
    ...common,
    parameters: [
      ...profile('Content-Profile'),
      ...shared,
      ...(isWritten ? ['preferWrite', 'reason', 'diff'] : ['preferRead']).map(parameter),
    ],
    requestBody: functionBody(overloads),
  }
  if (isWritten) return { post }
  const named = uniqueParameters(overloads)
  const taken = new Set(['select', 'order', 'limit', 'offset', 'and', 'or'])
  const get = {
    operationId: describing.operation(`ask_${entity}`, `get rpc ${entity}`),
    ...common,
    parameters: [
      ...profile('Accept-Profile'),
      ...named.filter(({ name }) => !taken.has(name)),
      ...shared,
      parameter('preferRead'),
    ],
  }
  return { get, post }
}

/** Of several functions an argument is required that all of them require. */
function uniqueParameters(overloads: readonly CacheFunction[]): { name: string }[] {
  const all = new Map<string, CacheFunction['parameters'][number]>()
  for (const one of overloads.flatMap(({ parameters }) => parameters)) if (one.name !== '') all.set(one.name, one)
  return [...all.values()].map(({ name, type }) => ({
    name,
    in: 'query',
    required: overloads.every(({ parameters }) => parameters.some((one) => one.name === name && one.isRequired)),
    description: type,
    // A query holds text: lists as `{a,b}`.
    schema: { type: 'string' },
  }))
}

function functionBody(overloads: readonly CacheFunction[]): Json {
  const schemas = overloads.map(argumentsSchema)
  const [first] = overloads as [CacheFunction]
  const [only] = first.parameters
  if (only?.name === '') {
    const media = { text: 'text/plain', xml: 'text/xml', bytea: 'application/octet-stream' }[only.type]
    return { required: true, content: { [media ?? 'application/json']: { schema: media ? { type: 'string' } : {} } } }
  }
  const schema = schemas.length === 1 ? (schemas[0] as Json) : { anyOf: schemas }
  return { required: overloads.every(isAsking), content: { 'application/json': { schema } } }
}

function isAsking({ parameters }: CacheFunction): boolean {
  return parameters.some(({ isRequired }) => isRequired)
}

function argumentsSchema({ parameters }: CacheFunction): Json {
  const named = parameters.filter(({ name }) => name !== '')
  const required = named.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  const properties = named.map(({ name, type }) => [name, orNull(typeSchema(type))])
  return { type: 'object', ...(required.length > 0 ? { required } : {}), properties: Object.fromEntries(properties) }
}

function functionAnswers(overloads: readonly CacheFunction[], describing: Describing): Json {
  const [first] = overloads as [CacheFunction]
  const schemas = overloads.map((one) => returnSchema(one, describing))
  const unique = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()]
  const schema = unique.length === 1 ? (unique[0] as Json) : { anyOf: unique }
  const isWritten = overloads.some(({ volatility }) => volatility === 'volatile')
  const diff = isWritten ? { 'application/vnd.steward.diff+json': { schema: diffSchema(schema) } } : {}
  const nothing = { 204: { $ref: '#/components/responses/Nothing' } }
  if (overloads.length === 1 && first.returns.isVoid) {
    const changes = { description: 'Its changes, with `Steward-Diff: 1`', content: diff }
    return { ...(isWritten ? { 200: changes } : {}), ...nothing, default: refused }
  }
  return {
    200: { description: 'What it returns', content: { 'application/json': { schema }, ...diff } },
    ...(overloads.some(({ returns }) => returns.isVoid) ? nothing : {}),
    default: refused,
  }
}

function returnSchema({ returns }: CacheFunction, { rowOf }: Describing): Json {
  if (returns.isVoid) return { type: 'null' }
  const row = returns.table === null ? null : rowOf(returns.table)
  const composite = row ?? { type: 'object', additionalProperties: true }
  const one = returns.isComposite ? composite : orNull(typeSchema(returns.type))
  return returns.isSet ? { type: 'array', items: one } : one
}

/**
 * The paths of procedures of the service.
 *
 * @example
 * describeProcedures(listed, names.operation)['/rpc/orders.refund']
 */
export function describeProcedures(listed: readonly ServiceProcedure[], operation: NameRegister): Json {
  return Object.fromEntries(listed.map((one) => [`/rpc/${one.name}`, describeProcedure(one, operation)]))
}

function describeProcedure({ name, entity, promised }: ServiceProcedure, operation: NameRegister): Json {
  const { summary, description, effect } = wordsOf(promised)
  const { input, output } = schemasOf(promised)
  const body = jsonSchemaOf(input, 'input')
  const answer = jsonSchemaOf(output, 'output')
  const common = {
    tags: ['Procedures', ...(entity === null ? [] : [entity])],
    summary,
    ...(description === undefined ? {} : { description }),
  }
  const named = name.replace('.', '_')
  const post = {
    operationId: operation(`perform_${named}`, `post procedure ${name}`),
    ...common,
    parameters: effect === 'read' ? [] : [...['reason', 'diff', 'preferWrite'].map(parameter), ...confirmation(effect)],
    requestBody: { required: true, content: { 'application/json': { schema: body } } },
    responses: {
      200: {
        description: 'What it answers',
        content: {
          'application/json': { schema: answer },
          ...(effect === 'read' ? {} : { 'application/vnd.steward.diff+json': { schema: diffSchema(answer) } }),
        },
      },
      default: refused,
    },
  }
  if (effect !== 'read') return { post }
  const get = {
    operationId: operation(`ask_${named}`, `get procedure ${name}`),
    ...common,
    parameters: queryParameters(body),
    responses: { 200: jsonAnswer('What it answers', answer), default: refused },
  }
  return { get, post }
}

function confirmation(effect: string): Json[] {
  if (effect !== 'danger') return []
  const schema = { type: 'string', enum: ['1'] }
  return [
    { name: 'Steward-Confirm', in: 'header', description: 'Somebody has seen what will happen and agreed', schema },
  ]
}

/** The fields of an input as parameters of a query. */
export function queryParameters(input: Json): Json[] {
  const properties = (input['properties'] ?? {}) as Record<string, Json>
  const required = (input['required'] ?? []) as string[]
  return Object.entries(properties).map(([name, { description, default: _, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(typeof description === 'string' ? { description } : {}),
    schema,
  }))
}
