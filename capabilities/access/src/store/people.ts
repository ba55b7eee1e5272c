// The SQL of people: one named function a statement.
import type { Queryable, Transaction } from '@steward/postgres'
import type { Person } from '../person.ts'
import { instantSql } from './instant-sql.ts'

const personSql = `id, email, name, role, created_by AS "createdBy", ${instantSql('created_at')} AS "createdAt",
  ${instantSql('disabled_at')} AS "disabledAt",
  EXISTS (SELECT FROM steward_office.access_account AS account
           WHERE account.person_id = access_person.id AND account.password IS NOT NULL) AS "hasPassword"`

/** Null when somebody has this address already. */
export async function insertPerson(
  transaction: Transaction,
  person: Pick<Person, 'id' | 'email' | 'name' | 'role' | 'createdBy'>,
): Promise<Person | null> {
  const { rows } = await transaction.query<Person>(
    `INSERT INTO steward_office.access_person (id, email, name, role, created_by) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (email) DO NOTHING RETURNING ${personSql}`,
    [person.id, person.email, person.name, person.role, person.createdBy],
  )
  return rows[0] ?? null
}

/**
 * In the order of their addresses; those who were disabled only with `hasAll`.
 *
 * @example
 * const everybody = await selectPeople(office, true)
 */
export async function selectPeople(queryable: Queryable, hasAll: boolean): Promise<Person[]> {
  const { rows } = await queryable.query<Person>(
    `SELECT ${personSql} FROM steward_office.access_person WHERE $1 OR disabled_at IS NULL ORDER BY email`,
    [hasAll],
  )
  return rows
}

/** By address or id, locked until the transaction ends: what is decided about them is decided one after the other. */
export async function lockPerson(transaction: Transaction, emailOrId: string): Promise<Person | null> {
  const { rows } = await transaction.query<Person>(
    `SELECT ${personSql} FROM steward_office.access_person
      WHERE id = $1 OR email = lower($1) ORDER BY id = $1 DESC LIMIT 1 FOR UPDATE`,
    [emailOrId],
  )
  return rows[0] ?? null
}

/** The person as they now stand. */
export async function updateRole(transaction: Transaction, id: string, role: string): Promise<Person> {
  const { rows } = await transaction.query<Person>(
    `UPDATE steward_office.access_person SET role = $2, updated_at = now() WHERE id = $1 RETURNING ${personSql}`,
    [id, role],
  )
  return rows[0] as Person
}

/** The person as they now stand; one who was disabled before keeps the time. */
export async function updateDisabled(transaction: Transaction, id: string, isDisabled: boolean): Promise<Person> {
  const { rows } = await transaction.query<Person>(
    `UPDATE steward_office.access_person
        SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, now()) END, updated_at = now()
      WHERE id = $1 RETURNING ${personSql}`,
    [id, isDisabled],
  )
  return rows[0] as Person
}

/** Until the transaction ends nobody else becomes, or ceases to be, an admin; nor the first person. */
export async function lockAdmins(transaction: Transaction): Promise<void> {
  await transaction.query(`SELECT pg_advisory_xact_lock(hashtextextended('steward_office.access_person', 0))`)
}

/** Those who may come in as admin, without this person. */
export async function countOtherAdmins(transaction: Transaction, id: string): Promise<number> {
  const { rows } = await transaction.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM steward_office.access_person
      WHERE role = 'admin' AND disabled_at IS NULL AND id <> $1`,
    [id],
  )
  return rows[0]?.count ?? 0
}

/**
 * Whether there is anybody.
 *
 * @example
 * const isNew = !(await hasPeople(office))
 */
export async function hasPeople(queryable: Queryable): Promise<boolean> {
  const { rows } = await queryable.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM steward_office.access_person) AS found`,
  )
  return rows[0]?.found === true
}
