// admin.catalog: how long it takes to know a database of 500 tables.
import { openEntities } from '@steward/entities'
import { openPool, type Pool } from '@steward/postgres'
import type { Measurement, Part, Run } from '../benchmark.ts'
import { figure } from '../figure.ts'

const tables = 500
const plan = { full: 9, quick: 5 }

/** From a connection to a room that answers. */
export const catalog: Part = {
  name: 'admin.catalog',
  summary: 'reading the catalog of 500 tables',
  seconds: { full: 20, quick: 10 },
  measure: measureCatalog,
}

async function measureCatalog({ server, isQuick, tell }: Run): Promise<Measurement> {
  const rounds = isQuick ? plan.quick : plan.full
  const database = await server.newDatabase('catalog')
  await makeTables(database.pool)
  const taken: number[] = []
  for (let round = 0; round <= rounds; round++) {
    tell(round / (rounds + 1), 'reading the catalog')
    // A pool of its own: a connection that has read the catalog before has it in its memory.
    const pool = openPool({ connectionString: database.url, max: 2 })
    const start = performance.now()
    const room = await openEntities({ pool, schemas: ['public'] })
    // The first round compiles our code.
    if (round > 0) taken.push((performance.now() - start) / 1000)
    await room.close()
    await pool.end()
  }
  await database.drop()
  return {
    figures: [figure({ name: 'admin.catalog.s', unit: 's', better: 'lower', floor: 2, goal: 1 }, taken)],
    notes: [
      `admin.catalog: ${tables} tables of twelve columns, each with a key, an index, two foreign keys and a view on every tenth.`,
    ],
  }
}

/** A table points at the one before it and at the one of half its number. */
async function makeTables(pool: Pool): Promise<void> {
  const columns = [
    'name text NOT NULL',
    'status text',
    'total numeric(12, 2)',
    'note text',
    'is_open boolean',
    'tags text[]',
  ]
  const statements: string[] = []
  for (let place = 1; place <= tables; place++) {
    const name = `entity_${place}`
    const previous = place === 1 ? '' : ` REFERENCES entity_${place - 1}`
    const half = place === 1 ? '' : ` REFERENCES entity_${Math.floor(place / 2)}`
    statements.push(
      `CREATE TABLE ${name} (id bigint PRIMARY KEY, previous_id bigint${previous}, half_id bigint${half}, ${columns.join(', ')},
         data jsonb, made_at timestamptz DEFAULT now(), changed_at timestamptz)`,
      `CREATE INDEX ON ${name} (previous_id)`,
      `COMMENT ON TABLE ${name} IS 'Entity number ${place}'`,
    )
    if (place % 10 === 0) {
      statements.push(`CREATE VIEW shown_${place} AS SELECT ${name}.id, ${name}.name, half.name AS half_name
                         FROM ${name} JOIN entity_${Math.floor(place / 2)} AS half ON half.id = ${name}.half_id`)
    }
  }
  await pool.query(statements.join(';\n'))
  await pool.query('VACUUM (ANALYZE)')
}
