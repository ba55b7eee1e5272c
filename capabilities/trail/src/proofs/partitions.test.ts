// Partitioned and inherited tables: each row's change is there once, wherever the statement was sent.
import type { TestDatabase } from '@steward/cluster'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { retrace, storyOf } from '../fixtures/retrace.ts'
import { examine } from '../install/doctor.ts'
import { readStatus } from '../install/status.ts'
import { track } from '../install/track.ts'
import { trailDatabase } from '../testing/trail-database.ts'

let database: TestDatabase
const run = (sql: string) => database.pool.query(sql)

describe('a partitioned table', () => {
  beforeEach(async () => {
    database = await trailDatabase({
      setup: `
        CREATE TABLE event (id int, region text, note text, PRIMARY KEY (id, region)) PARTITION BY LIST (region);
        CREATE TABLE event_north PARTITION OF event FOR VALUES IN ('north');
        -- another order of columns, and one that is gone
        CREATE TABLE event_south (note text, gone int, region text NOT NULL, id int NOT NULL);
        ALTER TABLE event_south DROP COLUMN gone;
        ALTER TABLE event ATTACH PARTITION event_south FOR VALUES IN ('south');
        CREATE TABLE event_east PARTITION OF event FOR VALUES IN ('east1', 'east2') PARTITION BY LIST (region);
        CREATE TABLE event_east_1 PARTITION OF event_east FOR VALUES IN ('east1');
        CREATE TABLE event_east_2 PARTITION OF event_east DEFAULT;`,
      track: ['event'],
    })
  })
  afterEach(() => database?.drop())

  it('is recorded under its own name: DML to the root, to a partition, to a partition of a partition', async () => {
    await run(`INSERT INTO event VALUES (1, 'north', 'a'), (2, 'south', 'b'), (3, 'east1', 'c'), (4, 'east2', 'd')`)
    await run(`INSERT INTO event_south (id, region, note) VALUES (5, 'south', 'e')`)
    await run(`INSERT INTO event_east VALUES (6, 'east2', 'f')`)
    await run(`UPDATE event SET note = note || '!' WHERE id IN (1, 2)`)
    await run(`UPDATE event_south SET note = 'direct' WHERE id = 5`)
    await run(`UPDATE event_south SET note = note`)
    await run(`DELETE FROM event_east_2 WHERE id = 4`)
    await run(`DELETE FROM event WHERE id = 3`)
    expect(await storyOf(database.pool, 'event')).toEqual([
      'i ["1", "north"] {"id":1,"region":"north","note":"a"}',
      'i ["2", "south"] {"id":2,"region":"south","note":"b"}',
      'i ["3", "east1"] {"id":3,"region":"east1","note":"c"}',
      'i ["4", "east2"] {"id":4,"region":"east2","note":"d"}',
      'i ["5", "south"] {"id":5,"region":"south","note":"e"}',
      'i ["6", "east2"] {"id":6,"region":"east2","note":"f"}',
      'u ["1", "north"] {"note":"a"} {"note":"a!"}',
      'u ["2", "south"] {"note":"b"} {"note":"b!"}',
      'u ["5", "south"] {"note":"e"} {"note":"direct"}',
      'd ["4", "east2"] {"id":4,"region":"east2","note":"d"}',
      'd ["3", "east1"] {"id":3,"region":"east1","note":"c"}',
    ])
    expect(await retrace(database.pool, 'event')).toEqual([])
  })

  it('keeps rows that move between partitions', async () => {
    await run(`INSERT INTO event VALUES (1, 'north', 'a'), (2, 'south', 'b')`)
    await run(`UPDATE event SET region = 'east2' WHERE id = 2`)
    await run(`UPDATE event SET region = 'south', note = 'moved' WHERE id = 1`)
    expect(await retrace(database.pool, 'event')).toEqual([])
    expect((await storyOf(database.pool, 'event')).slice(2).map((line) => line[0])).toEqual(['d', 'i', 'd', 'i'])
  })

  it('records ON CONFLICT and MERGE on the root', async () => {
    await run(`INSERT INTO event VALUES (1, 'north', 'a'), (2, 'south', 'b')`)
    await run(
      `INSERT INTO event VALUES (1, 'north', 'z'), (9, 'east1', 'n') ON CONFLICT (id, region) DO UPDATE SET note = excluded.note`,
    )
    if (database.version >= 15) {
      await run(`MERGE INTO event USING (VALUES (2, 'south'), (7, 'east2')) AS source (id, region) ON event.id = source.id AND event.region = source.region
        WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (source.id, source.region, 'merged')`)
    }
    expect(await retrace(database.pool, 'event')).toEqual([])
  })

  it('takes in partitions that come later, and lets go of those that leave', async () => {
    await run(`CREATE TABLE event_west PARTITION OF event FOR VALUES IN ('west')`)
    await run(
      `CREATE TABLE event_up (LIKE event); ALTER TABLE event_up ALTER id SET NOT NULL, ALTER region SET NOT NULL`,
    )
    await run(`ALTER TABLE event ATTACH PARTITION event_up FOR VALUES IN ('up')`)
    await run(`INSERT INTO event VALUES (1, 'west', 'a'), (2, 'up', 'b')`)
    await run(`INSERT INTO event_up VALUES (3, 'up', 'c')`)
    expect(await retrace(database.pool, 'event')).toEqual([])
    await run('TRUNCATE event_west')
    await run('TRUNCATE event_up')
    expect((await storyOf(database.pool, 'event')).slice(3)).toEqual([
      't ["1", "west"] {"id":1,"region":"west","note":"a"}',
      't {"table" : "event_west", "policy" : "capture", "rows" : 1}',
      't ["2", "up"] {"id":2,"region":"up","note":"b"}',
      't ["3", "up"] {"id":3,"region":"up","note":"c"}',
      't {"table" : "event_up", "policy" : "capture", "rows" : 2}',
    ])
    expect(await retrace(database.pool, 'event')).toEqual([])

    const before = (await storyOf(database.pool, 'event')).length
    await run('ALTER TABLE event DETACH PARTITION event_up')
    await run(`INSERT INTO event_up VALUES (4, 'up', 'd'); UPDATE event_up SET note = 'e'; TRUNCATE event_up`)
    expect(await storyOf(database.pool, 'event')).toHaveLength(before)
    await run(`ALTER TABLE event ATTACH PARTITION event_up FOR VALUES IN ('up')`)
    await run(`INSERT INTO event_up VALUES (5, 'up', 'f'); TRUNCATE event_up`)
    expect(await storyOf(database.pool, 'event')).toHaveLength(before + 3)
    const { tables } = await readStatus(database.pool)
    expect(tables.find(({ entity }) => entity === 'event')?.problems).toEqual([])
  })

  it('is captured whole by a TRUNCATE of the root, of a branch or of one partition', async () => {
    await run(`INSERT INTO event VALUES (1, 'north', 'a'), (2, 'south', 'b'), (3, 'east1', 'c'), (4, 'east2', 'd')`)
    await run('TRUNCATE event_south')
    expect(await retrace(database.pool, 'event')).toEqual([])
    await run('TRUNCATE event_east')
    expect(await retrace(database.pool, 'event')).toEqual([])
    await run('TRUNCATE event')
    expect(await retrace(database.pool, 'event')).toEqual([])
    const keys = (await storyOf(database.pool, 'event'))
      .filter((line) => line.startsWith('t ['))
      .map((line) => line.slice(3, 4 + 2))
    expect(keys.sort()).toEqual(['"1"', '"2"', '"3"', '"4"'])
  })

  it('refuses bulk mode, and says where the capture of a partition is switched off', async () => {
    await expect(run(`SELECT steward.track('event', '{"mode": "bulk"}')`)).rejects.toMatchObject({ code: '0A000' })
    await run('ALTER TABLE event_north DISABLE TRIGGER "00_steward_insert"')
    const { findings } = await examine(database.pool)
    expect(findings.filter(({ kind, entity }) => kind === 'disabled' && entity === 'event')).toHaveLength(1)
    await track(database.pool, { entities: ['event'] })
    await run(`INSERT INTO event_north VALUES (1, 'north', 'a')`)
    expect(await storyOf(database.pool, 'event')).toHaveLength(1)
  })
})

describe('an inherited table', () => {
  beforeEach(async () => {
    database = await trailDatabase({
      setup: `
        CREATE TABLE vehicle (id int PRIMARY KEY, name text);
        CREATE TABLE car (doors int, PRIMARY KEY (id)) INHERITS (vehicle);
        CREATE TABLE race_car (power numeric, PRIMARY KEY (id)) INHERITS (car);`,
    })
    await track(database.pool, { entities: ['vehicle'] })
  })
  afterEach(() => database?.drop())

  it('is tracked with its children: each row under the table that holds it', async () => {
    await run(
      `INSERT INTO vehicle VALUES (1, 'cart'); INSERT INTO car VALUES (2, 'van', 5); INSERT INTO race_car VALUES (3, 'red', 2, 900.0)`,
    )
    await run(`UPDATE vehicle SET name = upper(name)`)
    await run(`UPDATE car SET doors = doors + 1`)
    await run(`DELETE FROM vehicle WHERE id = 2`)
    for (const table of ['vehicle', 'car', 'race_car']) expect(await retrace(database.pool, table)).toEqual([])
    expect(await storyOf(database.pool, 'race_car')).toEqual([
      'i 3 {"id":3,"name":"red","doors":2,"power":900.0}',
      'u 3 {"name":"red"} {"name":"RED"}',
      'u 3 {"doors":2} {"doors":3}',
    ])
    await run('TRUNCATE vehicle')
    for (const table of ['vehicle', 'car', 'race_car']) expect(await retrace(database.pool, table)).toEqual([])
  })

  it('follows a change of the parent into its children', async () => {
    await run(`ALTER TABLE vehicle ADD COLUMN colour text; ALTER TABLE vehicle RENAME COLUMN name TO title`)
    await run(`INSERT INTO race_car (id, title, colour) VALUES (3, 'red', 'blue')`)
    expect(await storyOf(database.pool, 'race_car')).toEqual([
      'i 3 {"id":3,"title":"red","doors":null,"power":null,"colour":"blue"}',
    ])
  })
})

describe('a table that becomes part of another', () => {
  beforeEach(async () => {
    database = await trailDatabase({ setup: `CREATE TABLE lone (id int PRIMARY KEY, kind text NOT NULL, n int)` })
    await run(`SELECT steward.track('lone', '{"mode": "bulk"}')`)
  })
  afterEach(() => database?.drop())

  it('loses nothing when it was in bulk mode: what is sent to the new root is captured', async () => {
    await run(`CREATE TABLE whole (id int, kind text NOT NULL, n int) PARTITION BY LIST (kind)`)
    await run(`ALTER TABLE whole ATTACH PARTITION lone DEFAULT`)
    await run(`INSERT INTO whole VALUES (1, 'a', 1); UPDATE whole SET n = 2; DELETE FROM whole`)
    expect((await storyOf(database.pool, 'lone')).map((line) => line[0])).toEqual(['i', 'u', 'd'])
  })

  it('loses nothing when it gets children', async () => {
    await run(`CREATE TABLE child (extra int) INHERITS (lone)`)
    await run(`INSERT INTO lone VALUES (1, 'a', 1); UPDATE lone SET n = 2; DELETE FROM lone`)
    expect(await retrace(database.pool, 'lone')).toEqual([])
    expect(await storyOf(database.pool, 'lone')).toHaveLength(3)
  })
})
