// The SQL of those who have had to do with inquiries.
import type { Queryable } from '@steward/postgres'
import type { Colleague } from '../person.ts'

/** Colleagues by what they were last called here: whoever asked, took or said something. */
export async function selectParticipants(queryable: Queryable): Promise<Colleague[]> {
  const { rows } = await queryable.query<Colleague>(
    `SELECT DISTINCT ON (id) id, name, NULL::text AS email
       FROM (SELECT asked_by_id AS id, asked_by_name AS name, asked_at AS at
               FROM steward_office.inquiries_inquiry WHERE asked_by_type = 'staff'
              UNION ALL
             SELECT by_id, by_name, at FROM steward_office.inquiries_entry WHERE by_type = 'staff') AS seen
      ORDER BY id, at DESC`,
  )
  return rows
}
