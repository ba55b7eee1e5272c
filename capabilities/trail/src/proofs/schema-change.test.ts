// A table that changes its shape while it is tracked: writes never fail for it, and nothing is missed.
import type { TestDatabase } from '@steward/cluster'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { retrace, storyOf } from '../fixtures/retrace.ts'
import { examine } from '../install/doctor.ts'
import { maintain } from '../install/maintain.ts'
import { trailDatabase } from '../testing/trail-database.ts'

let database: TestDatabase
const run = (sql: string) => database.pool.query(sql)
const last = async (table = 'product', count = 1) => (await storyOf(database.pool, table)).slice(-count)

// Where no event trigger may be made, each statement looks for itself; and one that was disabled is made up for by maintain().
const ways = ['with the event trigger', 'without an event trigger'] as const

describe.each(ways)('%s', (way) => {
  beforeEach(async () => {
    database = await trailDatabase({ setup: `CREATE TYPE size AS ENUM ('small', 'large')` })
    if (way === 'without an event trigger') {
      await run('DROP EVENT TRIGGER steward_follow_ddl; UPDATE steward.installation SET follows_ddl = false')
    }
    await run(`
      CREATE TABLE product (id int PRIMARY KEY, name text, price numeric, secret text, size size, note text);
      SELECT steward.track('product', '{"exclude": ["secret"], "fingerprint": ["note"]}');
      INSERT INTO product VALUES (1, 'a', 1.0, 'hidden', 'small', 'hidden'), (2, 'b', 2.0, 'hidden', 'large', 'hidden')`)
  })
  afterEach(() => database?.drop())

  it('records added columns, with defaults that rewrite nothing', async () => {
    await run(`ALTER TABLE product ADD COLUMN colour text DEFAULT 'red', ADD COLUMN made timestamptz`)
    await run(
      `SET TIME ZONE 'Asia/Seoul'; UPDATE product SET made = '2026-11-22 09:00:00+09', colour = 'blue' WHERE id = 1; RESET TIME ZONE`,
    )
    await run(`DELETE FROM product WHERE id = 2`)
    const [update, deletion] = await last('product', 2)
    expect(update).toBe('u 1 {"colour":"red","made":null} {"colour":"blue","made":"2026-11-22T00:00:00+00:00"}')
    expect(deletion).toContain('"colour":"red"')
  })

  it('records renamed columns, and keeps back what was kept back under the old name', async () => {
    await run(
      `ALTER TABLE product RENAME COLUMN name TO title; ALTER TABLE product RENAME COLUMN secret TO password; ALTER TABLE product RENAME COLUMN note TO remark`,
    )
    await run(
      `UPDATE product SET title = 'x', password = 'hidden too', remark = 'hidden too' WHERE id = 1; DELETE FROM product WHERE id = 2`,
    )
    const told = await storyOf(database.pool, 'product')
    expect(told.join()).not.toContain('hidden')
    expect(told.at(-2)).toMatch(
      /^u 1 \{"name"|^u 1 \{"title":"a","remark":"hmac-sha256:\w+"\} \{"title":"x","remark":"hmac-sha256:\w+"\}$/,
    )
    expect(told.at(-1)).toContain('"title":"b"')
    const { rows } = await run(`SELECT excluded, fingerprinted FROM steward.relation`)
    expect(rows).toEqual([{ excluded: ['password'], fingerprinted: ['remark'] }])
  })

  it('records columns that exchanged their names', async () => {
    await run(
      `BEGIN; ALTER TABLE product RENAME name TO passing; ALTER TABLE product RENAME secret TO name; ALTER TABLE product RENAME passing TO secret; COMMIT`,
    )
    await run(`INSERT INTO product (id, name, secret) VALUES (3, 'hidden', 'shown')`)
    expect(await last()).toEqual([expect.stringContaining('"secret":"shown"')])
    expect((await storyOf(database.pool, 'product')).join()).not.toContain('hidden')
  })

  it('records columns of another type', async () => {
    await run(`ALTER TABLE product ALTER COLUMN price TYPE text USING price::text, ALTER COLUMN name TYPE varchar(9)`)
    await run(`UPDATE product SET price = '1.00' WHERE id = 1`)
    expect(await last()).toEqual(['u 1 {"price":"1.0"} {"price":"1.00"}'])
    await run(`ALTER TABLE product ALTER COLUMN price TYPE numeric(10,2) USING price::numeric`)
    await run(`UPDATE product SET price = 3 WHERE id = 1`)
    expect(await last()).toEqual(['u 1 {"price":1.00} {"price":3.00}'])
  })

  it('goes on after columns were dropped', async () => {
    await run(`ALTER TABLE product DROP COLUMN name, DROP COLUMN secret, DROP COLUMN note`)
    await run(
      `UPDATE product SET price = 5 WHERE id = 1; UPDATE product SET price = price; INSERT INTO product VALUES (3, 1, 'small'); DELETE FROM product WHERE id = 2`,
    )
    expect(await last('product', 3)).toEqual([
      'u 1 {"price":1.0} {"price":5}',
      'i 3 {"id":3,"price":1,"size":"small"}',
      'd 2 {"id":2,"price":2.0,"size":"large"}',
    ])
  })

  it('keeps the history of a table that is renamed or moved', async () => {
    await run(`ALTER TABLE product RENAME TO article; CREATE SCHEMA shop; ALTER TABLE article SET SCHEMA shop`)
    await run(`UPDATE shop.article SET name = 'x' WHERE id = 1`)
    expect(await storyOf(database.pool, 'shop.article')).toHaveLength(3)
    await run(`ALTER SCHEMA shop RENAME TO store`)
    await run(`UPDATE store.article SET name = 'y' WHERE id = 1`)
    expect(await storyOf(database.pool, 'store.article')).toHaveLength(4)
  })

  it('keeps apart two tables that exchange their names', async () => {
    await run(
      `CREATE TABLE other (id int PRIMARY KEY, word text); SELECT steward.track('other'); INSERT INTO other VALUES (1, 'w')`,
    )
    await run(
      `BEGIN; ALTER TABLE product RENAME TO passing; ALTER TABLE other RENAME TO product; ALTER TABLE passing RENAME TO other; COMMIT`,
    )
    await run(`UPDATE product SET word = 'x'; UPDATE other SET name = 'x' WHERE id = 1`)
    await maintain(database.pool)
    expect(await storyOf(database.pool, 'product')).toEqual([
      'i 1 {"id":1,"word":"w"}',
      'u 1 {"word":"w"} {"word":"x"}',
    ])
    expect(await last('other')).toEqual(['u 1 {"name":"a"} {"name":"x"}'])
  })

  it('uses a new primary key, and one that is gone no longer', async () => {
    await run(`ALTER TABLE product DROP CONSTRAINT product_pkey, ADD PRIMARY KEY (id, size)`)
    await run(`UPDATE product SET name = 'x' WHERE id = 1`)
    expect(await last()).toEqual(['u ["1", "small"] {"name":"a"} {"name":"x"}'])
    await run(`ALTER TABLE product DROP CONSTRAINT product_pkey`)
    await run(`UPDATE product SET name = 'y' WHERE id = 1`)
    expect(await last()).toEqual(['u {"name":"x"} {"name":"y"}'])
    await run(`ALTER TABLE product ALTER id SET NOT NULL; CREATE UNIQUE INDEX only_id ON product (id)`)
    await run(`UPDATE product SET name = 'z' WHERE id = 1`)
    expect(await last()).toEqual(['u 1 {"name":"y"} {"name":"z"}'])
  })

  it('knows every name that a label of an enum ever had', async () => {
    await run(`ALTER TYPE size RENAME VALUE 'small' TO 'tiny'`)
    await maintain(database.pool)
    await run(`UPDATE product SET name = 'x' WHERE id = 1`)
    await run(`ALTER TYPE size RENAME VALUE 'tiny' TO 'mini'; ALTER TYPE size ADD VALUE 'huge'`)
    await maintain(database.pool)
    await run(`UPDATE product SET size = 'huge' WHERE id = 1`)
    expect(await last()).toEqual(['u 1 {"size":"mini"} {"size":"huge"}'])
    const { rows } = await run(`
      SELECT array_agg(label ORDER BY label) AS labels FROM steward.enum_label
       WHERE label_oid = (SELECT oid FROM pg_enum WHERE enumlabel = 'mini')`)
    expect(rows).toEqual([{ labels: ['mini', 'small', 'tiny'] }])
  })

  it('pins the settings that a changed composite type asks for', async () => {
    await run(
      `CREATE TYPE place AS (street text); CREATE TABLE house (id int PRIMARY KEY, at place); SELECT steward.track('house')`,
    )
    await run(`ALTER TYPE place ADD ATTRIBUTE since timestamptz, ADD ATTRIBUTE data jsonb`)
    await run(
      `SET TIME ZONE 'Asia/Seoul'; SET "DateStyle" = 'SQL, DMY'; INSERT INTO house VALUES (1, ROW('x', '2026-11-22 09:00:00+09', 'null')); RESET TIME ZONE; RESET "DateStyle"`,
    )
    expect(await last('house')).toEqual(['i 1 {"id":1,"at":"(x,\\"2026-11-22 00:00:00+00\\",null)"}'])
  })

  it('goes on after generated columns came, also virtual ones', async () => {
    await run(`ALTER TABLE product ADD COLUMN total numeric GENERATED ALWAYS AS (price * 2) STORED`)
    await run(`UPDATE product SET price = 7 WHERE id = 1`)
    expect(await last()).toEqual(['u 1 {"price":1.0,"total":2.0} {"price":7,"total":14}'])
    if (database.version < 18) return
    await run(`ALTER TABLE product ADD COLUMN half numeric GENERATED ALWAYS AS (price / 2) VIRTUAL`)
    await run(
      `UPDATE product SET price = 8 WHERE id = 1; UPDATE product SET price = 8; INSERT INTO product (id) VALUES (9)`,
    )
    expect(await last('product', 3)).toEqual([
      'u 1 {"price":7,"total":14} {"price":8,"total":16}',
      'u 2 {"price":2.0,"total":4.0} {"price":8,"total":16}',
      expect.stringMatching(/^i 9 \{"id":9,"name":null,"price":null,"size":null,"note":null,"total":null\}$/),
    ])
    const operations = (await run('SELECT FROM steward.operation')).rowCount
    await run(`UPDATE product SET price = price`)
    expect((await run('SELECT FROM steward.operation')).rowCount).toBe(operations)
  })

  it('survives a migration that does everything in one transaction, with writes in between', async () => {
    await run(`BEGIN;
      ALTER TABLE product ADD COLUMN colour text; UPDATE product SET colour = 'red';
      ALTER TABLE product RENAME COLUMN colour TO color; UPDATE product SET color = 'blue' WHERE id = 1;
      ALTER TABLE product DROP COLUMN color; UPDATE product SET price = 9 WHERE id = 1;
      CREATE TABLE copy (LIKE product INCLUDING ALL); INSERT INTO copy SELECT * FROM product;
      DROP TABLE product; ALTER TABLE copy RENAME TO product;
      COMMIT`)
    if (way === 'without an event trigger') await maintain(database.pool)
    await run(`UPDATE product SET price = 10 WHERE id = 1`)
    expect(await last('product', 5)).toEqual([
      'u 1 {"colour":null} {"colour":"red"}',
      'u 2 {"colour":null} {"colour":"red"}',
      'u 1 {"color":"red"} {"color":"blue"}',
      'u 1 {"price":1.0} {"price":9}',
      'u 1 {"price":9} {"price":10}',
    ])
  })

  it('goes on while others write, whose statements were prepared long before', async () => {
    await run(`CREATE TABLE busy (id int PRIMARY KEY, n int); SELECT steward.track('busy')`)
    let isOver = false
    const failures: string[] = []
    const write = async (worker: number) => {
      const client = await database.pool.connect()
      for (let step = 0; !isOver; step++) {
        const id = worker * 10 + (step % 5)
        const sentences = [
          {
            name: 'put',
            text: 'INSERT INTO busy (id, n) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET n = busy.n + 1',
          },
          { name: 'drop', text: 'DELETE FROM busy WHERE id = $1 AND n % 3 = 0' },
        ]
        for (const sentence of sentences)
          await client.query({ ...sentence, values: [id] }).catch((error: Error) => failures.push(error.message))
      }
      client.release()
    }
    const writers = [1, 2, 3].map(write)
    for (let round = 0; round < 6; round++) {
      await run(`ALTER TABLE busy ADD COLUMN extra int`)
      await run(`ALTER TABLE busy ALTER COLUMN extra TYPE bigint`)
      await run(`ALTER TABLE busy DROP COLUMN extra`)
      if (way === 'without an event trigger') await maintain(database.pool)
    }
    isOver = true
    await Promise.all(writers)
    expect(failures).toEqual([])
    expect(await retrace(database.pool, 'busy', 'extra')).toEqual([])
  })

  it('finds nothing wrong afterwards', async () => {
    await run(`ALTER TABLE product ADD COLUMN colour text; ALTER TABLE product RENAME TO article`)
    await run(`INSERT INTO article (id) VALUES (5)`)
    await maintain(database.pool)
    const { findings } = await examine(database.pool)
    expect(
      findings.map(({ kind }) => kind).filter((kind) => !['no-stamps', 'owner', 'no-event-trigger'].includes(kind)),
    ).toEqual([])
  })
})

describe('an event trigger that is switched off', () => {
  beforeEach(async () => {
    database = await trailDatabase({
      setup: `CREATE TABLE product (id int PRIMARY KEY, name text)`,
      track: ['product'],
    })
    await run('ALTER EVENT TRIGGER steward_follow_ddl DISABLE')
  })
  afterEach(() => database?.drop())

  it('is told by the doctor and made up for by maintain, until it is back', async () => {
    const kinds = async () => (await examine(database.pool)).findings.map(({ kind }) => kind)
    expect(await kinds()).toContain('lost-event-trigger')
    await maintain(database.pool)
    expect(await kinds()).not.toContain('lost-event-trigger')
    await run(`ALTER TABLE product RENAME COLUMN name TO title`)
    await run(`INSERT INTO product VALUES (1, 'a')`)
    expect(await last()).toEqual(['i 1 {"id":1,"title":"a"}'])

    await run('ALTER EVENT TRIGGER steward_follow_ddl ENABLE')
    await maintain(database.pool)
    await run(`ALTER TABLE product RENAME COLUMN title TO name; INSERT INTO product VALUES (2, 'b')`)
    expect(await last()).toEqual(['i 2 {"id":2,"name":"b"}'])
    const { rows } = await run(`SELECT count(*)::int AS checks FROM pg_trigger WHERE tgname = '00_steward_shape'`)
    expect(rows).toEqual([{ checks: 0 }])
  })
})
