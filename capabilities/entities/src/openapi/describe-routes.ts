// Steward's own routes in the document: search, metadata, calls, changesets, and what other capabilities promise.
import { type Contract, routeOf, schemasOf, wordsOf } from '@steward/contract'
import { isPermitted, type Role } from '@steward/engine'
import { entitiesContract } from '../contract.ts'
import { jsonSchemaOf } from '../meta/json-schema.ts'
import { Meta, MetaEntity } from '../meta/meta-shape.ts'
import type { NameRegister } from './component-names.ts'
import { queryParameters } from './describe-calls.ts'
import { jsonAnswer, parameter, refused } from './shared-parts.ts'
import type { Json } from './type-schema.ts'

/** What is reached beside the entities. */
type Surroundings = { operation: NameRegister; contracts: Readonly<Record<string, Contract>>; hasCalls: boolean }

/**
 * The routes that a role may use.
 *
 * @example
 * Object.keys(describeRoutes(role, { operation, contracts: { trail: trailContract }, hasCalls: false })) // ['/changesets', '/search', …]
 */
export function describeRoutes(role: Role, { operation, contracts, hasCalls }: Surroundings): Json {
  const may = (permission: string) => isPermitted(role, permission)
  const named = (id: string, more: Json): Json => ({
    operationId: operation(id, `route ${id}`),
    tags: ['Steward'],
    ...more,
  })
  return {
    '/changesets': { post: named('apply_changeset', changeset) },
    '/session-reason': { post: named('begin_session_reason', sessionReason) },
    ...(may('entities:search') ? { '/search': { get: named('search', search) } } : {}),
    ...(may('entities:meta')
      ? {
          '/meta': {
            get: named('describe_all', metaRoute('Describes all entities, for pages that draw themselves', Meta)),
          },
          '/meta/{entity}': {
            get: named('describe', {
              ...metaRoute('Describes one entity', MetaEntity),
              parameters: [{ name: 'entity', in: 'path', required: true, schema: { type: 'string' } }],
            }),
          },
        }
      : {}),
    ...(hasCalls && may('entities:calls')
      ? contractPaths({ calls: entitiesContract.calls }, { prefix: '', role, operation })
      : {}),
    ...Object.entries(contracts).reduce<Json>(
      (paths, [word, contract]) => ({ ...paths, ...contractPaths(contract, { prefix: `/${word}`, role, operation }) }),
      {},
    ),
  }
}

const changeset: Json = {
  summary: 'Applies several requests in one transaction, under one reason',
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['requests'],
          properties: {
            reason: { type: ['string', 'null'] },
            dryRun: { type: 'boolean', description: 'Everything happens and nothing is kept' },
            requests: {
              type: 'array',
              items: {
                type: 'object',
                required: ['method', 'path'],
                properties: {
                  method: { type: 'string' },
                  path: { type: 'string', description: 'With its query: `/<entity>?id=eq.7`' },
                  headers: { type: 'object', additionalProperties: { type: 'string' } },
                  body: {},
                },
              },
            },
          },
        },
      },
    },
  },
  parameters: [parameter('reason')],
  responses: {
    200: jsonAnswer('What each request answered, and what all of them have changed', {
      type: 'object',
      required: ['results', 'changes', 'operation'],
      properties: {
        results: { type: 'array', items: {} },
        changes: { type: ['array', 'null'], items: { $ref: '#/components/schemas/Change' } },
        operation: { type: ['string', 'null'] },
      },
    }),
    default: refused,
  },
}

const sessionReason: Json = {
  summary: 'Seals a reason for the writes of some minutes',
  description: 'Send its token as `Steward-Session-Reason` with each of them.',
  requestBody: {
    required: true,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['reason'],
          properties: { reason: { type: 'string' }, minutes: { type: 'integer', minimum: 1, maximum: 480 } },
        },
      },
    },
  },
  responses: {
    201: jsonAnswer('The sealed reason', {
      type: 'object',
      required: ['reason', 'expiresAt', 'token'],
      properties: {
        reason: { type: 'string' },
        expiresAt: { type: 'string', format: 'date-time' },
        token: { type: 'string' },
      },
    }),
    default: refused,
  },
}

const search: Json = {
  summary: 'Finds records by key, number, e-mail or name',
  description: 'What no index can answer within the time is named in `partial`: there may be more in those entities.',
  parameters: [
    { name: 'q', in: 'query', required: true, schema: { type: 'string', minLength: 2, maxLength: 200 } },
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100 } },
  ],
  responses: {
    200: jsonAnswer('What was found, the best first', {
      type: 'object',
      required: ['hits', 'partial'],
      properties: {
        hits: {
          type: 'array',
          items: {
            type: 'object',
            required: ['entity', 'key', 'label', 'matched'],
            properties: {
              entity: { type: 'string' },
              key: { type: 'object', additionalProperties: { type: 'string' } },
              label: { type: 'string' },
              matched: { type: 'string', description: 'The column that fits' },
            },
          },
        },
        partial: { type: 'array', items: { type: 'string' } },
      },
    }),
    default: refused,
  },
}

function metaRoute(summary: string, shape: typeof Meta | typeof MetaEntity): Json {
  return {
    summary,
    responses: { 200: jsonAnswer('As the role sees them', jsonSchemaOf(shape, 'output')), default: refused },
  }
}

function contractPaths(
  contract: Contract,
  { prefix, role, operation }: { prefix: string; role: Role; operation: NameRegister },
): Json {
  const paths: Record<string, Json> = {}
  for (const [name, promised] of Object.entries(contract)) {
    const route = routeOf(name, promised)
    const words = wordsOf(promised)
    if (route === null || !isPermitted(role, words.permission)) continue
    const { summary, description } = words
    const { input, output } = schemasOf(promised)
    const asked = fieldsOf(jsonSchemaOf(input, 'input'), route.path)
    const isRead = route.method === 'GET'
    const word = `${prefix.slice(1)}_${name}`.replace(/^_/, '')
    paths[prefix + route.path] = {
      ...paths[prefix + route.path],
      [route.method.toLowerCase()]: {
        operationId: operation(word, `contract ${prefix} ${name}`),
        tags: [tagOf(prefix)],
        summary,
        ...(description === undefined ? {} : { description }),
        parameters: [...asked.path, ...(isRead ? queryParameters(asked.rest) : [parameter('reason')])],
        ...(isRead ? {} : { requestBody: { content: { 'application/json': { schema: withWords(asked.rest) } } } }),
        responses: { 200: jsonAnswer('The answer', jsonSchemaOf(output, 'output')), default: refused },
      },
    }
  }
  return paths
}

/** What every write takes beside its input, where the input has no field of that name. */
function withWords(input: Json): Json {
  const words = {
    reason: { type: 'string', description: 'Why; as well as the header Steward-Reason' },
    dryRun: { type: 'boolean', description: 'Everything happens and nothing is kept' },
    confirm: { type: 'boolean', description: 'Of what is dangerous: it has been seen as a dry run' },
  }
  return { ...input, properties: { ...words, ...(input['properties'] as Json | undefined) } }
}

/** `/trail` is Trail. */
function tagOf(prefix: string): string {
  return prefix === '' ? 'Steward' : prefix.charAt(1).toUpperCase() + prefix.slice(2)
}

/** The fields that stand in the path, and the others. */
function fieldsOf(input: Json, path: string): { path: Json[]; rest: Json } {
  const properties = (input['properties'] ?? {}) as Record<string, Json>
  const required = (input['required'] ?? []) as string[]
  const inPath = new Set([...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name as string))
  const rest = Object.fromEntries(Object.entries(properties).filter(([name]) => !inPath.has(name)))
  const left = required.filter((name) => !inPath.has(name))
  return {
    path: [...inPath].map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    rest: { ...input, properties: rest, ...(left.length > 0 ? { required: left } : { required: undefined }) },
  }
}
