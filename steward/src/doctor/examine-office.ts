// Looks at Steward's own database: which it is, and the keys and people in it. It is not made for the doctor's sake.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isStewardError } from '@steward/base'
import type { Role } from '@steward/engine'
import { openPool, type Pool, translatePostgresError } from '@steward/postgres'
import type { Finding } from '../finding.ts'
import { openOffice } from '../open-office.ts'
import { capabilities } from '../steward.ts'

/** Where it is, and how many may come in by it. */
export type OfficeFacts = { place: string; isThere: boolean; keys: number; people: number }

/** What the doctor has to know. */
export type OfficeQuestion = {
  /** STEWARD_DATABASE_URL. */
  url: string | undefined
  /** Where our own would be. */
  folder: string
  roles: ReadonlyMap<string, Role>
  /** Those that the configuration names, so that somebody should have them. */
  written: readonly string[]
}

/**
 * What was found about the office.
 *
 * @example
 * const { facts, findings } = await examineOffice({ url, folder: '.steward', roles, written: [] })
 */
export async function examineOffice(asked: OfficeQuestion): Promise<{ facts: OfficeFacts; findings: Finding[] }> {
  const { url, folder } = asked
  const place = url === undefined ? join(folder, 'office') : 'STEWARD_DATABASE_URL'
  const nothing = { place, isThere: false, keys: 0, people: 0 }
  const isThere = url !== undefined || (await stat(join(folder, 'office')).then(Boolean, () => false))
  if (!isThere) return { facts: nothing, findings: [unused(asked)].flat() }
  try {
    const { pool, close } = await open(asked)
    try {
      return await examine(pool, place, asked)
    } finally {
      await close()
    }
  } catch (error) {
    const translated = translatePostgresError(error)
    const { message, hint } = isStewardError(translated) ? translated : { message: String(error), hint: null }
    const say = `Steward's own database (${place}) cannot be read: ${message}`
    const finding: Finding = {
      level: 'error',
      kind: 'office',
      subject: null,
      message: say,
      hint: hint ?? 'Check STEWARD_DATABASE_URL.',
    }
    return { facts: nothing, findings: [finding] }
  }
}

/** One of somebody else's is looked at as it is; our own has to be started for that. */
async function open({ url, folder }: OfficeQuestion): Promise<{ pool: Pool; close: () => Promise<void> }> {
  if (url === undefined) return openOffice({ url, folder, capabilities })
  const pool = openPool(url)
  return { pool, close: () => pool.end() }
}

type KeyRow = { id: string; name: string; role: string; days: number | null }

async function examine(pool: Pool, place: string, asked: OfficeQuestion) {
  const { rows } = await pool.query<{ keys: boolean; people: boolean }>(
    `SELECT to_regclass('steward_office.access_key') IS NOT NULL AS keys,
            to_regclass('steward_office.access_person') IS NOT NULL AS people`,
  )
  const has = rows[0] ?? { keys: false, people: false }
  const keys = has.keys ? await readKeys(pool) : []
  const people = has.people ? await readPeopleRoles(pool) : []
  const facts: OfficeFacts = { place, isThere: has.keys, keys: keys.length, people: people.length }
  const held = [...keys.map(({ role }) => role), ...people]
  return {
    facts,
    findings: [
      ...keys.flatMap((key) => findingsOfKey(key, asked)),
      ...unknownOf(people, asked),
      ...unused(asked, held),
    ],
  }
}

async function readKeys(pool: Pool): Promise<KeyRow[]> {
  const { rows } = await pool.query<KeyRow>(`
    SELECT id, name, role, ceil(extract(epoch FROM expires_at - now()) / 86400)::int AS days
      FROM steward_office.access_key
     WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
     ORDER BY expires_at`)
  return rows
}

async function readPeopleRoles(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ role: string }>(
    'SELECT role FROM steward_office.access_person WHERE disabled_at IS NULL',
  )
  return rows.map(({ role }) => role)
}

const soonDays = 14

function findingsOfKey({ id, name, role, days }: KeyRow, { roles }: OfficeQuestion): Finding[] {
  const findings: Finding[] = []
  const called = `The key ${id} ("${name}")`
  if (days !== null && days <= soonDays) {
    const message = `${called} expires in ${days} ${days === 1 ? 'day' : 'days'}.`
    findings.push({
      level: 'warning',
      kind: 'key-expires',
      subject: id,
      message,
      hint: `Make the next one: steward access key create "${name}" --role ${role}`,
    })
  }
  if (!roles.has(role)) findings.push(unknownRole(called, role, id))
  return findings
}

function unknownOf(people: readonly string[], { roles }: OfficeQuestion): Finding[] {
  const unknown = [...new Set(people.filter((role) => !roles.has(role)))]
  return unknown.map((role) => unknownRole('Somebody', role, null))
}

function unknownRole(who: string, role: string, subject: string | null): Finding {
  const message = `${who} has the role "${role}", which is not in the configuration: they are refused.`
  return {
    level: 'error',
    kind: 'unknown-role',
    subject,
    message,
    hint: 'Write the role in steward.config.ts, or give them another one.',
  }
}

function unused({ written }: OfficeQuestion, held: readonly string[] = []): Finding[] {
  const roles = written.filter((role) => !held.includes(role))
  return roles.map((role) => {
    const message = `Nobody has the role "${role}".`
    return {
      level: 'note',
      kind: 'role-unused',
      subject: role,
      message,
      hint: `steward access key create <name> --role ${role}`,
    }
  })
}
