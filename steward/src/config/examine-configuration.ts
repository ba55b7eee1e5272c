// Holds a configuration against the database that it is about: names that lead nowhere, and what that would show.
import { nearestNames } from '@steward/base'
import { wordsOf } from '@steward/contract'
import type { Capability, EntityRule, Role } from '@steward/engine'
import type { EntityWords } from '@steward/entities'
import { type Catalog, formatEntity } from '@steward/postgres'
import type { Finding } from '../finding.ts'
import type { Configured } from './read-configuration.ts'

/** What a configuration is held against. */
export type Surroundings = {
  catalog: Pick<Catalog, 'relations' | 'functions'>
  /** All that can be performed, with whose permissions. */
  capabilities: readonly Capability[]
}

type Known = {
  columns: ReadonlyMap<string, ReadonlySet<string>>
  functions: readonly string[]
  permissions: readonly string[]
}

/**
 * Everything in the configuration that leads nowhere. It is an error where, as after a renaming, something would be shown
 * that is meant to be held back, and a warning otherwise.
 *
 * @example
 * const findings = examineConfiguration(configured, { catalog: await readCatalog(pool), capabilities })
 */
export function examineConfiguration(configured: Configured, { catalog, capabilities }: Surroundings): Finding[] {
  const known: Known = {
    columns: new Map(
      catalog.relations.map((relation) => [formatEntity(relation), new Set(relation.columns.map(({ name }) => name))]),
    ),
    functions: catalog.functions.map(formatEntity),
    permissions: [...capabilities, ...configured.capabilities].flatMap(({ contract }) =>
      Object.values(contract).map((promised) => wordsOf(promised).permission),
    ),
  }
  const { entities = {}, roles = {} } = configured.configuration
  const written = [...configured.roles.values()].filter(({ name }) => Object.hasOwn(roles, name))
  return [
    ...written.flatMap((role) => findingsOfRole(role, known)),
    ...Object.entries(entities).flatMap(([name, words]) => findingsOfWords(name, words, known)),
    ...configured.procedures.flatMap(({ name, entity }) =>
      entity === null || known.columns.has(entity)
        ? []
        : [unknownEntity(`The procedure ${name} is an action of`, entity, known)],
    ),
  ]
}

function findingsOfRole(role: Role, known: Known): Finding[] {
  const at = `The role "${role.name}"`
  return [
    ...Object.entries(role.entities).flatMap(([name, rule]) =>
      name === '*' ? findingsOfAll(at, rule, known) : findingsOfRule({ at, role, name, rule }, known),
    ),
    ...role.functions
      .filter((name) => name !== '*' && !known.functions.includes(name))
      .map((name) =>
        warning('unknown-function', `${at} may call the function "${name}", and there is none.`, name, known.functions),
      ),
    ...role.permissions
      .filter((permission) => !isKnownPermission(permission, known.permissions))
      .map((permission) =>
        warning(
          'unknown-permission',
          `${at} has the permission "${permission}", which nothing asks for.`,
          permission,
          known.permissions,
        ),
      ),
  ]
}

type NamedRule = { at: string; role: Role; name: string; rule: EntityRule }

function findingsOfRule({ at, role, name, rule }: NamedRule, known: Known): Finding[] {
  const columns = known.columns.get(name)
  if (columns === undefined) {
    const finding = unknownEntity(`${at} names`, name, known)
    // The rule that it had, under whatever name it has now, is that of `*`.
    const wouldShow = role.entities['*']?.read === true && holdsBack(rule)
    return [
      wouldShow
        ? { ...finding, level: 'error', message: `${finding.message} What it holds back would be shown by "*".` }
        : finding,
    ]
  }
  return [
    ...masked(rule).map((column) => ({ column, verb: 'masks', kind: 'mask-nowhere' })),
    ...filtered(rule).map((column) => ({ column, verb: 'filters rows by', kind: 'filter-nowhere' })),
  ].flatMap(({ column, verb, kind }): Finding[] => {
    if (columns.has(column)) return []
    const message = `${at} ${verb} ${name}.${column}, and there is no such column.`
    return [{ level: 'error', kind, subject: name, message, hint: hintFor(column, columns) }]
  })
}

/** A mask of `*` is for all entities that have such a column. */
function findingsOfAll(at: string, rule: EntityRule, { columns }: Known): Finding[] {
  const everywhere = new Set([...columns.values()].flatMap((each) => [...each]))
  return masked(rule)
    .filter((column) => !everywhere.has(column))
    .map((column) =>
      warning('mask-nowhere', `${at} masks "${column}" everywhere, and no entity has it.`, column, everywhere),
    )
}

function findingsOfWords(name: string, words: EntityWords, known: Known): Finding[] {
  const columns = known.columns.get(name)
  if (columns === undefined) return [unknownEntity('The words name', name, known)]
  const { title, search = [], list = [], columns: own = {} } = words
  const named = new Set([...(title === undefined ? [] : [title]), ...search, ...list, ...Object.keys(own)])
  return [...named]
    .filter((column) => !columns.has(column))
    .map((column) => ({
      ...warning(
        'unknown-column',
        `The words of ${name} name the column "${column}", and there is none.`,
        column,
        columns,
      ),
      subject: name,
    }))
}

function masked({ mask = [] }: EntityRule): string[] {
  return Array.isArray(mask) ? [...mask] : Object.keys(mask)
}

function filtered({ where }: EntityRule): string[] {
  return typeof where === 'object' ? Object.keys(where) : []
}

function holdsBack(rule: EntityRule): boolean {
  return rule.read !== true || masked(rule).length > 0 || rule.where !== undefined
}

function isKnownPermission(permission: string, known: readonly string[]): boolean {
  const [word, deed] = permission.split(':')
  // The Admin API's own routes are not written down as promises, all of them.
  if (permission === '*' || word === 'entities') return true
  return known.some((each) => each === permission || (deed === '*' && each.startsWith(`${word}:`)))
}

function unknownEntity(words: string, name: string, known: Known): Finding {
  const message = `${words} the entity "${name}", and there is none.`
  return { ...warning('unknown-entity', message, name, known.columns.keys()), subject: name }
}

function warning(kind: string, message: string, name: string, known: Iterable<string>): Finding {
  return { level: 'warning', kind, subject: null, message, hint: hintFor(name, known) }
}

function hintFor(name: string, known: Iterable<string>): string {
  const near = nearestNames(name, known)
  if (near.length > 0) return `Did you mean ${near.map((each) => `"${each}"`).join(' or ')}?`
  return 'Name in steward.config.ts what it is called now, or take it out.'
}
