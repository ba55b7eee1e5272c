// Notes when each step of the last days really ran, so that afterwards the trail can be moved to when it is told to have run.
import type { Pool } from 'pg'

/** A step: when the database says that it began, and the instant that it stands for. */
type Step = { began: string; standsFor: string }

/** One step after the other, none beside another. */
export class Stopwatch {
  readonly #pool: Pool
  readonly #steps: Step[] = []

  constructor(pool: Pool) {
    this.#pool = pool
  }

  /** A step begins now. */
  async begin(at: number): Promise<void> {
    const { rows } = await this.#pool.query<{ now: string }>('SELECT clock_timestamp()::text AS now')
    this.#steps.push({ began: rows[0]?.now ?? '', standsFor: new Date(at).toISOString() })
  }

  /**
   * Moves everything that the trail has of the steps back to the instants that they stand for, in the same order, as the
   * owner of the trail; and lets the trail have begun at `trailBegins`. Nobody else may: a service cannot date its changes.
   */
  async moveBack(trailBegins: number): Promise<void> {
    const client = await this.#pool.connect()
    try {
      await client.query('BEGIN')
      await client.query(
        `CREATE TEMPORARY TABLE step ON COMMIT DROP AS
         SELECT began, coalesce(lead(began) OVER following, clock_timestamp()) AS ended, stands_for,
                -- a step that took longer than until the next one stands for is pressed together
                least(1, 0.9 * extract(epoch FROM lead(stands_for) OVER following - stands_for)
                         / nullif(extract(epoch FROM lead(began) OVER following - began), 0)) AS pace
           FROM unnest($1::timestamptz[], $2::timestamptz[]) AS step (began, stands_for)
         WINDOW following AS (ORDER BY stands_for, began)`,
        [this.#steps.map(({ began }) => began), this.#steps.map(({ standsFor }) => standsFor)],
      )
      await client.query('CREATE INDEX ON step (began)')
      await client.query('ANALYZE step')
      for (const [table, mine] of places) {
        await client.query(
          `UPDATE steward.${table} SET at = step.stands_for + (${table}.at - step.began) * coalesce(step.pace, 1)
             FROM step WHERE ${table}.at >= step.began AND ${table}.at < step.ended AND ${mine}`,
        )
      }
      for (const [table, column] of beginnings) {
        await client.query(`UPDATE steward.${table} SET ${column} = $1`, [new Date(trailBegins).toISOString()])
      }
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }
}

const places = [
  ['part', 'NOT part.imported'],
  ['change', 'NOT change.imported'],
  ['turn', 'true'],
  ['mark', 'true'],
] as const

const beginnings = [
  ['relation', 'tracked_since'],
  ['relation_column', 'since'],
  ['incarnation', 'since'],
  ['installation', 'installed_at'],
] as const
