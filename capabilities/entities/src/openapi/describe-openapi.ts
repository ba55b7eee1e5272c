// The whole API of a database as an OpenAPI 3.1 document, as one role may use it.
import type { Actor } from '@steward/base'
import type { Role } from '@steward/engine'
import { formatEntity, type QualifiedName } from '@steward/postgres'
import { keyOf } from '../catalog/derive-relationships.ts'
import type { SchemaCache } from '../catalog/schema-cache.ts'
import { isOpenTo, wordsFor } from '../meta/describe-entities.ts'
import { descriptionOf, labelOf } from '../meta/label.ts'
import type { Settings } from '../options.ts'
import { makeSight, type Sight } from '../visibility/sight.ts'
import { registerNames } from './component-names.ts'
import { describeFunctions, describeProcedures } from './describe-calls.ts'
import { describeEntityPaths, type Names, type Placed } from './describe-entity-paths.ts'
import { describeRoutes } from './describe-routes.ts'
import { sharedParameters, sharedResponses, sharedSchemas } from './shared-parts.ts'
import type { Json } from './type-schema.ts'

/** Who asks for a document, and of what. */
export type Documented = {
  role: Role
  actor: Actor | null
  cache: SchemaCache
  settings: Pick<Settings, 'schemas' | 'words' | 'procedures' | 'contracts' | 'readCalls'>
  /** Words that are paths of Steward's own: an entity of that name is at `/entities/<name>`. */
  taken: readonly string[]
}

/**
 * The document. What the role may not read or write is not in it, and of masked columns nothing but that they are there.
 *
 * @example
 * describeOpenApi({ role, actor, cache, settings, taken: ['search'] }).openapi // '3.1.0'
 */
export function describeOpenApi({ role, actor, cache, settings, taken }: Documented): Json {
  const sight = makeSight({ role, actor, cache })
  const names: Names = {
    schema: registerNames(Object.keys(sharedSchemas)),
    parameter: registerNames(Object.keys(sharedParameters)),
    operation: registerNames(),
  }
  const procedures = (settings.procedures?.listed ?? []).filter((one) => isOpenTo(one, { role }))
  // First, so that what Steward calls its own routes does not depend on what tables are called.
  const routes = describeRoutes(role, {
    operation: names.operation,
    contracts: settings.contracts,
    hasCalls: settings.readCalls !== null,
  })
  const placed = placeEntities(sight, settings, taken)
  const entities = placed.map((one) => describeEntityPaths(one, names))
  const functions = describeAllFunctions({ seen: sight.seen, placed }, settings, names)
  const paths = [
    ...entities.map((one) => one.paths),
    functions,
    describeProcedures(procedures, names.operation),
    routes,
  ].map((part) => Object.entries(part))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Admin API',
      version: '1',
      description: `Read and write for every entity, in PostgREST’s dialect, as the role \`${role.name}\` may use it.\n\n${filters}`,
    },
    servers: [{ url: '.' }],
    security: [{ bearer: [] }],
    paths: Object.fromEntries(paths.flat()),
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A key of `steward access key create`' },
      },
      schemas: Object.assign({}, sharedSchemas, ...entities.map((one) => one.schemas)),
      parameters: Object.assign({}, sharedParameters, ...entities.map((one) => one.parameters)),
      responses: sharedResponses,
    },
  }
}

const filters =
  'Every column is a filter: `eq neq gt gte lt lte like ilike match imatch in is isdistinct fts plfts phfts wfts cs cd ov sl sr nxr nxl adj`, each before its value and a dot, and with `not.` before it: `total=gt.10`, `status=in.(open,paid)`, `note=not.is.null`. What is too long for an address is sent as the body of `POST /<entity>/query`, in plain text.'

/** Two entities of one name have two paths as long as there are two; the first schema goes first. */
function placeEntities(sight: Sight, settings: Documented['settings'], taken: readonly string[]): Placed[] {
  const used = new Set(taken.map((word) => `/${word}`))
  return settings.schemas.flatMap((schema, place) =>
    sight.seen.tables(schema).flatMap((table): Placed[] => {
      const name = encodeURIComponent(table.name)
      const path = [`/${name}`, `/entities/${name}`].find((one) => !used.has(one))
      if (path === undefined) return []
      used.add(path)
      const words = wordsFor(settings.words, formatEntity(table))
      return [
        {
          seen: sight.see(table),
          path,
          profile: place === 0 ? null : schema,
          label: labelOf({ words: words?.label, name: table.name, comment: table.comment }).en,
          description: descriptionOf({ words: words?.description, comment: table.comment })?.en ?? null,
        },
      ]
    }),
  )
}

function describeAllFunctions(
  { seen, placed }: { seen: SchemaCache; placed: readonly Placed[] },
  { schemas }: Documented['settings'],
  names: Names,
): Json {
  const [defaultSchema] = schemas
  // Those that have a path, and so a component.
  const described = new Set(placed.map((one) => keyOf(one.seen.table)))
  const rowOf = (table: QualifiedName): Json | null => {
    if (!described.has(keyOf(table))) return null
    return { $ref: `#/components/schemas/${names.schema(table.name, `${formatEntity(table)} `)}` }
  }
  const describing = { seen, rowOf, operation: names.operation, defaultSchema }
  // Of two functions of one name that of the first schema has the path.
  return Object.assign({}, ...schemas.map((schema) => describeFunctions(schema, describing)).reverse())
}
