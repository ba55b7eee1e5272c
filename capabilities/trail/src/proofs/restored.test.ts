// A database that was dumped and restored: its tables have other oids and its columns other numbers; the history goes on.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { changesOf, storyOf } from '../fixtures/retrace.ts'
import { examine } from '../install/doctor.ts'
import { maintain } from '../install/maintain.ts'
import { findRelation, nameToday } from '../relation.ts'
import { trailDatabase } from '../testing/trail-database.ts'

const run = promisify(execFile)
const setup = `
  CREATE TYPE size AS ENUM ('small', 'large');
  CREATE TABLE first (id int PRIMARY KEY, gone text, name text, secret text, size size);
  CREATE TABLE second (a int, b text, n numeric, PRIMARY KEY (a, b));
  CREATE TABLE third (id int, region text, n int, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
  CREATE TABLE third_north PARTITION OF third FOR VALUES IN ('north');`
const history = `
  INSERT INTO first VALUES (1, 'g', 'a', 'hidden', 'small'); INSERT INTO second VALUES (1, 'x', 1.0); INSERT INTO third VALUES (1, 'north', 1);
  ALTER TABLE first DROP COLUMN gone; ALTER TABLE first RENAME COLUMN name TO title; UPDATE first SET title = 'b'`
const later = `UPDATE first SET title = 'c', secret = 'hidden'; UPDATE second SET n = 1.00; UPDATE third SET n = 2; TRUNCATE third_north`

let database: TestDatabase
beforeEach(async () => {
  database = await trailDatabase({ setup, track: ['second', 'third'] })
  await database.pool.query(`SELECT steward.track('first', '{"exclude": ["secret"]}')`)
  await database.pool.query(history)
})
afterEach(() => database?.drop())

/** What a restored database tells after its first maintenance and some later changes. */
async function afterwards(restored: TestDatabase) {
  await maintain(restored.pool)
  await restored.pool.query(later)
  const first = await findRelation(restored.pool, 'first')
  const [insert] = await changesOf(restored.pool, 'first')
  const { findings } = await examine(restored.pool)
  return {
    first: await storyOf(restored.pool, 'first'),
    second: (await storyOf(restored.pool, 'second')).slice(-1),
    third: (await storyOf(restored.pool, 'third')).slice(-3),
    names: ['id', 'name', 'size', 'gone'].map((name) => nameToday(first, name, BigInt(insert?.id ?? 0))),
    findings: findings.filter(({ kind }) => !['no-stamps', 'owner', 'no-event-trigger', 'no-operation'].includes(kind)),
  }
}
const expected = {
  first: [
    'i 1 {"id":1,"gone":"g","name":"a","size":"small"}',
    'u 1 {"title":"a"} {"title":"b"}',
    'u 1 {"title":"b"} {"title":"c"}',
  ],
  second: ['u ["1", "x"] {"n":1.0} {"n":1.00}'],
  third: [
    'u ["1", "north"] {"n":1} {"n":2}',
    't ["1", "north"] {"id":1,"region":"north","n":2}',
    't {"table" : "third_north", "policy" : "capture", "rows" : 1}',
  ],
  names: ['id', 'title', 'size', null],
  findings: [],
}

describe('a restored database', () => {
  it('goes on where it was, dumped and restored by PostgreSQL’s own tools', async ({ skip }) => {
    const dumper = await run('pg_dump', ['--version']).then(
      ({ stdout }) => Number(/(\d+)/.exec(stdout)?.[1]),
      () => 0,
    )
    if (dumper < database.version) skip(`there is no pg_dump for PostgreSQL ${database.version}`)
    const restored = await testDatabase({ name: 'restored' })
    try {
      // so that the same numbers mean other tables
      await restored.pool.query(
        "CREATE TABLE shift (id int PRIMARY KEY, t text); CREATE TYPE shifted AS ENUM ('a', 'b'); DROP TABLE shift",
      )
      const { stdout } = await run('pg_dump', ['--no-owner', database.url], { maxBuffer: 100_000_000 })
      await load(restored.url, stdout)
      expect(await afterwards(restored)).toEqual(expected)
    } finally {
      await restored.drop()
    }
  })

  it('finds its tables by name, though their old numbers belong to others now', async () => {
    // what a restore does: new tables without the holes of dropped columns, and oids that were other tables'
    await database.pool.query(`
      ALTER EVENT TRIGGER steward_follow_ddl DISABLE;
      CREATE TABLE copy (LIKE first INCLUDING ALL); INSERT INTO copy SELECT * FROM first; DROP TABLE first; ALTER TABLE copy RENAME TO first;
      UPDATE steward.relation SET table_oid = CASE table_name WHEN 'first' THEN 'second'::regclass WHEN 'second' THEN 'third'::regclass ELSE 'second'::regclass END;
      ALTER EVENT TRIGGER steward_follow_ddl ENABLE`)
    expect(await afterwards(database)).toEqual(expected)
  })

  it('does it again and again', async () => {
    for (let round = 0; round < 3; round++) {
      await database.pool.query(`
        ALTER EVENT TRIGGER steward_follow_ddl DISABLE;
        ALTER TABLE first DROP COLUMN size, ADD COLUMN size size DEFAULT 'small';
        CREATE TABLE copy (LIKE first INCLUDING ALL); INSERT INTO copy SELECT * FROM first; DROP TABLE first; ALTER TABLE copy RENAME TO first;
        ALTER EVENT TRIGGER steward_follow_ddl ENABLE`)
      await maintain(database.pool)
    }
    await database.pool.query(`UPDATE first SET title = 'c'`)
    const first = await findRelation(database.pool, 'first')
    const [insert] = await changesOf(database.pool, 'first')
    expect(['id', 'name', 'gone'].map((name) => nameToday(first, name, BigInt(insert?.id ?? 0)))).toEqual([
      'id',
      'title',
      null,
    ])
  })

  it('never takes a view, an index or a sequence of the same name for its table', async () => {
    await database.pool.query(`
      ALTER EVENT TRIGGER steward_follow_ddl DISABLE;
      DROP TABLE second; CREATE VIEW second AS SELECT 1 AS a, 'x' AS b, 1.0 AS n;
      ALTER EVENT TRIGGER steward_follow_ddl ENABLE`)
    expect(await maintain(database.pool)).toMatchObject({ problems: [{ entity: 'second', problem: 'dropped' }] })
    expect(await maintain(database.pool)).toMatchObject({ problems: [] })
    const { rows } = await database.pool.query(`SELECT tracked FROM steward.relation WHERE table_name = 'second'`)
    expect(rows).toEqual([{ tracked: false }])
  })
})

async function load(url: string, dump: string): Promise<void> {
  const child = run('psql', ['-v', 'ON_ERROR_STOP=1', '-q', url], { maxBuffer: 100_000_000 })
  child.child.stdin?.end(dump)
  await child
}
