// Holds a configuration against its shape, and makes of it what the rest of Steward takes: roles, words, capabilities.
import { isStewardError, nearestNames } from '@steward/base'
import {
  adminRole,
  asCapabilities,
  type Capability,
  type Role,
  readerRole,
  type ServiceProcedure,
} from '@steward/engine'
import { z } from 'zod'
import { ownWords } from '../own-words.ts'
import type { Configuration, RoleConfiguration } from './configuration.ts'
import { configErrors } from './errors.ts'

/**
 * A configuration that holds.
 *
 * @example
 * const roleNames = ({ roles }: Configured) => [...roles.keys()]
 */
export type Configured = {
  /** Where it was read; null where it came from a program, or there is none. */
  file: string | null
  configuration: Configuration
  /** By name, those that are always there too. */
  roles: ReadonlyMap<string, Role>
  procedures: readonly ServiceProcedure[]
  /** The procedures again, by the word before the dot. */
  capabilities: readonly Capability[]
}

/**
 * Reads a configuration; undefined is an empty one.
 *
 * @throws CONFIG_INVALID with every problem and its place in it
 * @example
 * const { roles } = readConfiguration(configuration, 'steward.config.ts')
 */
export function readConfiguration(given: unknown, file: string | null = null): Configured {
  const parsed = schema.safeParse(given ?? {})
  const problems = parsed.success ? [] : parsed.error.issues.flatMap((issue) => describe(issue))
  const configuration = (given ?? {}) as Configuration
  const { procedures = [], roles = {} } = configuration
  const capabilities = problems.length > 0 ? [] : capabilitiesOf(procedures, problems)
  if (problems.length > 0) throw configErrors.INVALID({ file: file ?? 'The configuration', problems })
  return { file, configuration, roles: rolesOf(roles), procedures, capabilities }
}

function capabilitiesOf(procedures: readonly ServiceProcedure[], problems: string[]): Capability[] {
  try {
    return asCapabilities(procedures, ownWords)
  } catch (error) {
    if (!isStewardError(error)) throw error
    problems.push([error.message, error.hint].filter(Boolean).join(' '))
    return []
  }
}

function rolesOf(configured: Readonly<Record<string, RoleConfiguration>>): ReadonlyMap<string, Role> {
  const own = Object.entries(configured).map(([name, role]): [string, Role] => [
    name,
    { permissions: [], functions: [], entities: {}, ...role, name },
  ])
  return new Map([[readerRole.name, readerRole], ...own, [adminRole.name, adminRole]])
}

const names = z.array(z.string().min(1))
const count = z.number().int().min(1)
const words = z.union([z.string(), z.strictObject({ en: z.string(), ko: z.string().optional() })], {
  error: 'it is a text, or one for each language: { en, ko }',
})
const columnWords = z.strictObject({
  label: words.optional(),
  description: words.optional(),
  importance: z.enum(['high', 'normal', 'low']).optional(),
})
const entityWords = z.strictObject({
  label: words.optional(),
  description: words.optional(),
  title: z.string().optional(),
  search: names.optional(),
  list: names.optional(),
  columns: z.record(z.string(), columnWords).optional(),
})
const filterValue = z.union([z.string(), z.number(), z.bigint(), z.boolean(), z.null()])
const where = z.union(
  [
    z.record(z.string(), z.union([filterValue, z.array(filterValue)])),
    z.custom<() => unknown>((value) => typeof value === 'function'),
  ],
  { error: 'it is columns with their values, { org_id: 7, state: ["open"] }, or a function from the actor to them' },
)
const mask = z.union([names, z.record(z.string(), z.enum(['hidden', 'first-letter', 'last-4']))], {
  error: "it is a list of columns, or columns with their form: 'hidden', 'first-letter' or 'last-4'",
})
const write = z.union([z.boolean(), z.array(z.enum(['insert', 'update', 'delete']))], {
  error: "it is true, false, or a list of 'insert', 'update' and 'delete'",
})
const entityRule = z.strictObject({
  read: z.boolean().optional(),
  write: write.optional(),
  where: where.optional(),
  mask: mask.optional(),
  maxRows: count.optional(),
  maxAffected: count.optional(),
  requiresReason: z.boolean().optional(),
  isTrusted: z.boolean().optional(),
})
const permission = z.string().regex(/^(\*|[a-z][\w-]*:(\*|[a-z][\w-]*))$/, {
  error: ({ input }) => `"${String(input)}" is no permission: it reads word:deed, word:* or *`,
})
const role = z.strictObject({
  permissions: z.array(permission).optional(),
  entities: z.record(z.string(), entityRule).optional(),
  functions: names.optional(),
  requiresReason: z.boolean().optional(),
  maxAffected: count.optional(),
})
const roleName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/, { error: 'a role is called by small letters, digits, - and _' })
  .refine((name) => name !== adminRole.name, {
    error: 'admin may do everything and cannot be changed; call yours by another name',
  })
const server = z.strictObject({
  port: z.number().int().min(0).max(65_535).optional(),
  host: z.string().min(1).optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  origins: z
    .array(z.url({ error: ({ input }) => `"${String(input)}" is no origin as https://office.example.com` }))
    .optional(),
  trustedProxies: names.optional(),
})
const requestLink = z.strictObject({
  label: z.string().min(1),
  // Filled in, it becomes a link on a page: nothing but the web may stand behind it.
  url: z.string().regex(/^https?:\/\/[^\s{}/]/i, { error: 'it is an address that begins with https:// or http://' }),
})
const service = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  environment: z.enum(['production', 'staging', 'development']).optional(),
  requestLinks: z.array(requestLink).optional(),
})
const schema = z.strictObject(
  {
    schemas: names.optional(),
    extraSearchPath: names.optional(),
    maxRows: count.nullable().optional(),
    entities: z.record(z.string(), entityWords).optional(),
    roles: z.record(roleName, role).optional(),
    procedures: z.array(z.unknown()).optional(),
    service: service.optional(),
    server: server.optional(),
  },
  { error: ({ code }) => (code === 'invalid_type' ? 'it is an object: defineConfig({ … })' : undefined) },
)

type Issue = z.core.$ZodIssue

function describe(issue: Issue): string[] {
  const place = issue.path.map(String).join('.')
  const at = (more: string) => (place === '' ? more : `${place}.${more}`)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${at(key)} is not known here.${suggestion(key, knownKeys(issue.path))}`)
  }
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => `${place}: ${message}.`)
  return [place === '' ? `${issue.message}.` : `${place}: ${issue.message}.`]
}

function suggestion(key: string, known: string[]): string {
  const near = nearestNames(key, known)
  const options = near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Known are ${known.join(', ')}.`
  return ` ${options}`
}

/** What may stand at a path, where names that the team made up are at every second place. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  const shapes: Record<string, { shape: object }> = {
    '': schema,
    server,
    service,
    'entities.*': entityWords,
    'entities.*.columns.*': columnWords,
    'roles.*': role,
    'roles.*.entities.*': entityRule,
  }
  const pattern = path.map((step, place) => (place % 2 === 1 ? '*' : String(step))).join('.')
  return Object.keys(shapes[pattern]?.shape ?? { en: words, ko: words })
}
