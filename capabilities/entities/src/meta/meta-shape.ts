// What the back office is told of a database, so that it can draw itself for any schema; safe in a browser.
import { z } from 'zod'

const Text = z.object({ en: z.string(), ko: z.string() }).describe('For people, in each language')

/** A column as the role that asks sees it. */
const MetaColumn = z.object({
  name: z.string(),
  label: Text,
  description: Text.nullable(),
  type: z.string().describe('As SQL writes it'),
  baseType: z.string().describe('Below all domains'),
  isNullable: z.boolean(),
  default: z.string().nullable().describe('As SQL; null where there is none, and of a masked column'),
  isGenerated: z.boolean().describe('The database gives the value: it cannot be written'),
  enum: z.array(z.string()).nullable().describe('Its only values; null of a masked column'),
  maxLength: z.int().nullable(),
  isKey: z.boolean(),
  isUnique: z.boolean().describe('By itself alone'),
  references: z.object({ entity: z.string(), column: z.string() }).nullable(),
  comment: z.string().nullable(),
  readable: z.boolean(),
  writable: z.boolean(),
  masked: z.enum(['hidden', 'first-letter', 'last-4']).nullable(),
  importance: z.enum(['high', 'normal', 'low']),
})

/** A way from an entity to another. */
const MetaRelationship = z.object({
  entity: z.string().describe('Where it leads'),
  embed: z
    .string()
    .nullable()
    .describe('What stands for it in `select`; null where it cannot be embedded: it leads to another schema'),
  cardinality: z.enum(['one-to-one', 'many-to-one', 'one-to-many', 'many-to-many', 'computed']),
  columns: z.array(z.object({ from: z.string(), to: z.string() })).describe('Empty where it is through, or computed'),
  through: z
    .object({
      entity: z.string(),
      from: z.array(z.object({ from: z.string(), to: z.string() })),
      to: z.array(z.object({ from: z.string(), to: z.string() })),
    })
    .nullable(),
})

const MetaAction = z.object({
  procedure: z.string(),
  summary: z.string(),
  description: z.string().nullable(),
  effect: z.enum(['read', 'write', 'danger']),
  input: z.record(z.string(), z.unknown()).describe('JSON Schema'),
})

/** An entity as the role that asks sees it. */
export const MetaEntity = z.object({
  entity: z.string().describe('`orders`, or `billing.invoices` outside public'),
  schema: z.string(),
  name: z.string(),
  kind: z.enum(['table', 'partitioned', 'view', 'materialized', 'foreign']),
  label: Text,
  description: Text.nullable(),
  title: z.string().nullable().describe('The column by which people call a record'),
  search: z.array(z.string()).describe('The columns that the search box looks in'),
  list: z.array(z.string()).describe('The columns of a list, in this order'),
  key: z.array(z.string()).describe('Empty where records cannot be told apart'),
  estimatedRows: z.int().nullable(),
  writes: z.array(z.enum(['insert', 'update', 'delete'])),
  requiresReason: z.boolean(),
  maxRows: z.int().nullable(),
  maxAffected: z.int().nullable(),
  isTracked: z.boolean().nullable().describe('Whether its changes are in the trail; null where no trail can be'),
  hasEtag: z.boolean().describe('Whether a record has an ETag, against lost updates'),
  relationships: z.array(MetaRelationship),
  actions: z.array(MetaAction),
  columns: z.array(MetaColumn),
})

/** An entity as the role that asks sees it. */
export type MetaEntity = z.infer<typeof MetaEntity>
export type MetaColumn = z.infer<typeof MetaColumn>
export type MetaRelationship = z.infer<typeof MetaRelationship>

/** All entities that the role may read, and what it may do that acts on none of them. */
export const Meta = z.object({
  entities: z.array(MetaEntity),
  actions: z.array(MetaAction).describe('Procedures of the service that are an action of none of these entities'),
})

/** All entities that the role may read, and what it may do that acts on none of them. */
export type Meta = z.infer<typeof Meta>
