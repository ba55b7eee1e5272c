// An office with its trail and people who ask and answer, for the tests.
import type { Actor } from '@steward/base'
import { testDatabase } from '@steward/cluster'
import { type Engine, isPermitted, perform, type Role } from '@steward/engine'
import { migrate, openPool, type Pool } from '@steward/postgres'
import { installTrail, leaveInTrail, readChangesOf } from '@steward/trail/capability'
import { inquiries } from '../capability.ts'
import type { InquiryDetails } from '../inquiry.ts'

const staff = (id: string, name: string): Actor => ({ type: 'staff', id, name })

export const sora = staff('sora', '소라')
export const jihoon = staff('jihoon', '박지훈')
export const kim = staff('kim', 'Kim Lee')

/** Those of whom the installation knows. */
export const people = [
  { id: 'jihoon', name: '박지훈', email: 'jihoon@example.com', disabledAt: null },
  { id: 'kim', name: 'Kim Lee', email: 'kim@example.com', disabledAt: null },
  { id: 'gone', name: 'Gone', email: 'gone@example.com', disabledAt: '2026-01-01T00:00:00+00:00' },
]

export type Asked = { by?: Actor; permissions?: readonly string[]; isDryRun?: boolean; reason?: string }

export type Office = {
  pool: Pool
  perform: <Answer = InquiryDetails>(procedure: string, input?: unknown, asked?: Asked) => Promise<Answer>
  ask: (text: string, more?: object, by?: Actor) => Promise<InquiryDetails>
  close: () => Promise<void>
}

export async function openTestOffice(name: string): Promise<Office> {
  const database = await testDatabase({ key: 'inquiries', name, template: prepareOffice })
  const engine: Engine = {
    capabilities: [inquiries({ listPeople: async () => people })],
    pool: database.pool,
    office: async () => database.pool,
    permit: ({ role, permission }) => role !== null && isPermitted(role, permission),
    leaveOperation: leaveInTrail,
    readChanges: readChangesOf,
  }
  const call: Office['perform'] = async (procedure, input = {}, asked = {}) => {
    const { by: actor = sora, permissions = ['inquiries:*'], isDryRun = false, reason = null } = asked
    const role: Role = { name: 'tester', permissions, entities: {}, functions: [] }
    const request = {
      procedure: `inquiries.${procedure}`,
      input,
      actor,
      role,
      isDryRun,
      reason,
      source: 'app' as const,
    }
    return (await perform(engine, request)).output as never
  }
  return {
    pool: database.pool,
    perform: call,
    ask: (text, more = {}, by = sora) => call('ask', { text, ...more }, { by }),
    close: () => database.drop(),
  }
}

async function prepareOffice(url: string): Promise<void> {
  const pool = openPool(url)
  await installTrail(pool)
  await migrate(pool, {
    folder: new URL('../../migrations/', import.meta.url),
    ledger: 'steward_office.inquiries_migration',
  })
  await pool.end()
}
