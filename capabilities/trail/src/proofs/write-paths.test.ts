// Every way in which a row can be written leaves exactly one change for it, and nothing else leaves any.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TestDatabase } from '@steward/cluster'
import { inTransaction } from '@steward/postgres'
import { from as copyFrom } from 'pg-copy-streams'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { retrace, storyOf } from '../fixtures/retrace.ts'
import { trailDatabase } from '../testing/trail-database.ts'

describe.each(['row', 'bulk'] as const)('in mode %s', (mode) => {
  let database: TestDatabase
  const run = (sql: string) => database.pool.query(sql)
  const story = () => storyOf(database.pool, 'item')
  const count = async (table: 'change' | 'operation') =>
    Number((await database.pool.query<{ count: string }>(`SELECT count(*) FROM steward.${table}`)).rows[0]?.count)

  beforeAll(async () => {
    database = await trailDatabase({
      setup: `
        CREATE TABLE item (id int PRIMARY KEY, name text, amount numeric DEFAULT 0);
        CREATE TABLE part (id int PRIMARY KEY, item_id int REFERENCES item ON DELETE CASCADE ON UPDATE CASCADE, name text);
        CREATE TABLE label (id int PRIMARY KEY, item_id int REFERENCES item ON DELETE SET NULL ON UPDATE SET NULL);
        CREATE TABLE tag (id int PRIMARY KEY, item_id int DEFAULT 0 REFERENCES item ON DELETE SET DEFAULT ON UPDATE SET DEFAULT);
        CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node ON DELETE CASCADE ON UPDATE CASCADE);
        CREATE TABLE pair (a int, b text, note text, PRIMARY KEY (a, b));
        CREATE TABLE loose (name text, amount int);
        CREATE TABLE counted (
          id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, price numeric(10,2), amount int,
          total numeric GENERATED ALWAYS AS (price * amount) STORED);`,
    })
    for (const table of ['item', 'part', 'label', 'tag', 'node', 'pair', 'loose', 'counted']) {
      await database.pool.query('SELECT steward.track($1::regclass, $2)', [table, { mode }])
    }
  })
  beforeEach(async () => {
    await run(`DELETE FROM part; DELETE FROM label; DELETE FROM tag; DELETE FROM item; DELETE FROM node; DELETE FROM pair;
      DELETE FROM loose; DELETE FROM counted; DELETE FROM steward.change; DELETE FROM steward.operation`)
  })
  afterAll(() => database?.drop())

  it('records insert, update and delete: whole rows, and of an update only what changed', async () => {
    await run(`INSERT INTO item VALUES (1, 'a', 1.0)`)
    await run(`UPDATE item SET name = 'b', amount = 1.00 WHERE id = 1`)
    await run(`UPDATE item SET name = NULL`)
    await run('DELETE FROM item')
    expect(await story()).toEqual([
      'i 1 {"id":1,"name":"a","amount":1.0}',
      'u 1 {"name":"a","amount":1.0} {"name":"b","amount":1.00}',
      'u 1 {"name":"b"} {"name":null}',
      'd 1 {"id":1,"name":null,"amount":1.00}',
    ])
    expect(await count('operation')).toBe(4)
  })

  it('leaves nothing for what changes nothing: no-op updates, empty statements, DO NOTHING', async () => {
    await run(`INSERT INTO item VALUES (1, 'a', 1.0)`)
    const [changes, operations] = [await count('change'), await count('operation')]
    await run('UPDATE item SET name = name, amount = 1.0, id = 1')
    await run('UPDATE item SET name = NULL WHERE false')
    await run('DELETE FROM item WHERE id = 5')
    await run('INSERT INTO item SELECT 1 WHERE false')
    await run(`INSERT INTO item VALUES (1, 'z') ON CONFLICT DO NOTHING`)
    await run(`INSERT INTO item VALUES (1, 'z') ON CONFLICT (id) DO UPDATE SET name = 'q' WHERE item.id = 7`)
    expect(await count('change')).toBe(changes)
    // a statement trigger has opened its operation before it knows that no row changed
    expect(await count('operation')).toBe(mode === 'row' ? operations : operations + 1)
  })

  it('records ON CONFLICT DO UPDATE as the insert or the update that it was', async () => {
    await run(`INSERT INTO item VALUES (1, 'a', 1)`)
    await run(`INSERT INTO item VALUES (1, 'x', 1), (2, 'y', 2) ON CONFLICT (id) DO UPDATE SET name = excluded.name`)
    expect((await story()).slice(1).sort()).toEqual([
      'i 2 {"id":2,"name":"y","amount":2}',
      'u 1 {"name":"a"} {"name":"x"}',
    ])
    expect(await retrace(database.pool, 'item')).toEqual([])
  })

  it('records COPY', async () => {
    await inTransaction(database.pool, {}, async (transaction) => {
      const copy = copyFrom(`COPY item FROM STDIN WITH (FORMAT csv)`)
      const stream = (transaction as unknown as { query(source: unknown): typeof copy }).query(copy)
      await pipeline(Readable.from(['1,a,1.50\n', '2,"b, c",\n']), stream)
    })
    expect(await story()).toEqual(['i 1 {"id":1,"name":"a","amount":1.50}', 'i 2 {"id":2,"name":"b, c","amount":null}'])
  })

  it('records each row of a MERGE', async ({ skip }) => {
    if (database.version < 15) skip('MERGE came with PostgreSQL 15')
    await run(`INSERT INTO item VALUES (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)`)
    await run(`
      MERGE INTO item USING (VALUES (1, 'x'), (2, NULL), (3, 'c'), (4, 'new')) AS source (id, name) ON item.id = source.id
       WHEN MATCHED AND source.name IS NULL THEN DELETE
       WHEN MATCHED THEN UPDATE SET name = source.name
       WHEN NOT MATCHED THEN INSERT VALUES (source.id, source.name, 4)`)
    expect((await story()).slice(3).sort()).toEqual([
      'd 2 {"id":2,"name":"b","amount":2}',
      'i 4 {"id":4,"name":"new","amount":4}',
      'u 1 {"name":"a"} {"name":"x"}',
    ])
    expect(await retrace(database.pool, 'item')).toEqual([])
  })

  it('records what foreign keys do on their own: cascade, set null, set default', async () => {
    await run(`
      INSERT INTO item VALUES (0), (1), (2);
      INSERT INTO part VALUES (10, 1, 'p'), (11, 1, 'q'), (12, 2, 'r');
      INSERT INTO label VALUES (20, 1), (21, 2);
      INSERT INTO tag VALUES (30, 1), (31, 2)`)
    await run('UPDATE item SET id = 5 WHERE id = 1')
    await run('DELETE FROM item WHERE id = 2')
    await run('DELETE FROM item WHERE id = 5')
    expect((await storyOf(database.pool, 'part')).slice(3)).toEqual([
      'u 10 {"item_id":1} {"item_id":5}',
      'u 11 {"item_id":1} {"item_id":5}',
      'd 12 {"id":12,"item_id":2,"name":"r"}',
      'd 10 {"id":10,"item_id":5,"name":"p"}',
      'd 11 {"id":11,"item_id":5,"name":"q"}',
    ])
    expect((await storyOf(database.pool, 'label')).slice(2)).toEqual([
      'u 20 {"item_id":1} {"item_id":null}',
      'u 21 {"item_id":2} {"item_id":null}',
    ])
    expect((await storyOf(database.pool, 'tag')).slice(2)).toEqual([
      'u 30 {"item_id":1} {"item_id":0}',
      'u 31 {"item_id":2} {"item_id":0}',
    ])
    for (const table of ['item', 'part', 'label', 'tag']) expect(await retrace(database.pool, table)).toEqual([])
    const { rows } = await database.pool.query(
      'SELECT count(DISTINCT operation_id)::int AS operations, count(DISTINCT xid)::int AS transactions FROM steward.change',
    )
    expect(rows).toEqual([{ operations: 4, transactions: 4 }])
  })

  it('records a cascade within one table, level by level', async () => {
    await run('INSERT INTO node SELECT n, nullif(n - 1, 0) FROM generate_series(1, 6) AS n')
    await run('UPDATE node SET id = id + 100')
    expect(await retrace(database.pool, 'node')).toEqual([])
    await run('UPDATE node SET id = 1 WHERE id = 101')
    await run('DELETE FROM node WHERE id = 103')
    await run('DELETE FROM node WHERE id = 1')
    expect(await retrace(database.pool, 'node')).toEqual([])
    expect((await storyOf(database.pool, 'node')).filter((line) => line.startsWith('d'))).toHaveLength(6)
  })

  it('records updates of the key, also when keys change places in one statement', async () => {
    await run(`ALTER TABLE pair DROP CONSTRAINT pair_pkey, ADD PRIMARY KEY (a, b) DEFERRABLE INITIALLY IMMEDIATE`)
    await run(`INSERT INTO pair VALUES (1, 'x', 'one'), (2, 'y "q"', 'two')`)
    await run(`UPDATE pair SET a = 3 - a, b = CASE b WHEN 'x' THEN 'y "q"' ELSE 'x' END`)
    expect(await storyOf(database.pool, 'pair')).toEqual([
      'i ["1", "x"] {"a":1,"b":"x","note":"one"}',
      'i ["2", "y \\"q\\""] {"a":2,"b":"y \\"q\\"","note":"two"}',
      'u ["1", "x"]→["2", "y \\"q\\""] {"a":1,"b":"x"} {"a":2,"b":"y \\"q\\""}',
      'u ["2", "y \\"q\\""]→["1", "x"] {"a":2,"b":"y \\"q\\""} {"a":1,"b":"x"}',
    ])
  })

  it('records tables without a key, with all their twins', async () => {
    await run(`INSERT INTO loose VALUES ('a', 1), ('a', 1), ('b', 2)`)
    await run(`UPDATE loose SET amount = 5 WHERE name = 'a'`)
    await run(`DELETE FROM loose`)
    const told = (await storyOf(database.pool, 'loose')).sort()
    expect(told).toEqual([
      'd {"name":"a","amount":5}',
      'd {"name":"a","amount":5}',
      'd {"name":"b","amount":2}',
      'i {"name":"a","amount":1}',
      'i {"name":"a","amount":1}',
      'i {"name":"b","amount":2}',
      'u {"amount":1} {"amount":5}',
      'u {"amount":1} {"amount":5}',
    ])
  })

  it('records generated and identity columns with the values that were stored', async () => {
    await run('INSERT INTO counted (price, amount) VALUES (1.50, 3)')
    await run('UPDATE counted SET amount = 4')
    await run('INSERT INTO counted (id, price, amount) OVERRIDING SYSTEM VALUE VALUES (77, 2, 2)')
    const told = await storyOf(database.pool, 'counted')
    expect(told[0]).toMatch(/^i \d+ \{"id":\d+,"price":1.50,"amount":3,"total":4.50\}$/)
    expect(told[1]).toMatch(/^u \d+ \{"amount":3,"total":4.50\} \{"amount":4,"total":6.00\}$/)
    expect(told[2]).toBe('i 77 {"id":77,"price":2.00,"amount":2,"total":4.00}')
  })

  it('records writable CTEs and several statements in one message, in their order', async () => {
    await run(
      `INSERT INTO item VALUES (1, 'a', 1); UPDATE item SET name = 'b'; DELETE FROM item; INSERT INTO item VALUES (1, 'c', 1)`,
    )
    await run(`WITH gone AS (DELETE FROM item WHERE id = 1 RETURNING *) INSERT INTO pair SELECT id, name FROM gone`)
    expect((await story()).map((line) => line[0])).toEqual(['i', 'u', 'd', 'i', 'd'])
    expect(await storyOf(database.pool, 'pair')).toEqual(['i ["1", "c"] {"a":1,"b":"c","note":null}'])
    expect(await retrace(database.pool, 'item')).toEqual([])
  })

  it('keeps what was committed and loses what was rolled back, to the savepoint', async () => {
    await run(`BEGIN; INSERT INTO item VALUES (1, 'lost'); ROLLBACK`)
    expect([await count('change'), await count('operation')]).toEqual([0, 0])
    await run(`
      BEGIN;
      SAVEPOINT first; INSERT INTO item VALUES (1, 'lost'); ROLLBACK TO first;
      INSERT INTO item VALUES (1, 'kept');
      SAVEPOINT second; UPDATE item SET name = 'lost'; INSERT INTO pair VALUES (1, 'lost'); ROLLBACK TO second;
      SAVEPOINT third; UPDATE item SET amount = 3; RELEASE third;
      COMMIT`)
    await run(`DO $$ BEGIN
      BEGIN UPDATE item SET name = 'lost'; RAISE 'no'; EXCEPTION WHEN raise_exception THEN NULL; END;
      UPDATE item SET name = 'done';
    END $$`)
    expect(await story()).toEqual([
      'i 1 {"id":1,"name":"kept","amount":0}',
      'u 1 {"amount":0} {"amount":3}',
      'u 1 {"name":"kept"} {"name":"done"}',
    ])
    expect(await storyOf(database.pool, 'pair')).toEqual([])
    expect(await count('operation')).toBe(2)
  })

  it('gives each transaction of a procedure its own operation', async () => {
    await run(`CREATE OR REPLACE PROCEDURE two_steps() LANGUAGE plpgsql AS $$
      BEGIN INSERT INTO item VALUES (1); COMMIT; INSERT INTO item VALUES (2); ROLLBACK; INSERT INTO item VALUES (3); END $$`)
    await run('CALL two_steps()')
    const { rows } = await database.pool.query(`
      SELECT change.key FROM steward.change JOIN steward.operation ON operation.id = change.operation_id AND operation.xid = change.xid ORDER BY change.id`)
    expect(rows.map(({ key }) => key)).toEqual(['1', '3'])
    expect(await count('operation')).toBe(2)
  })

  it('records a deferred constraint that fires at COMMIT, and nothing when it refuses', async () => {
    await run(`CREATE OR REPLACE FUNCTION note_pair() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN UPDATE item SET amount = amount + 1 WHERE id = NEW.a; RETURN NULL; END $$;
      DROP TRIGGER IF EXISTS late ON pair;
      CREATE CONSTRAINT TRIGGER late AFTER INSERT ON pair DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_pair()`)
    await run(`BEGIN; INSERT INTO item VALUES (1, 'a', 0); INSERT INTO pair VALUES (1, 'x'); COMMIT`)
    expect(await story()).toEqual(['i 1 {"id":1,"name":"a","amount":0}', 'u 1 {"amount":0} {"amount":1}'])
    expect(await count('operation')).toBe(1)
    const before = await count('change')
    await expect(run(`BEGIN; INSERT INTO part VALUES (1, 99); COMMIT`)).rejects.toMatchObject({ code: '23503' })
    await run('ROLLBACK; DROP TRIGGER late ON pair')
    expect(await count('change')).toBe(before)
  })
})

describe('views, functions and triggers of the service', () => {
  let database: TestDatabase
  const run = (sql: string) => database.pool.query(sql)
  beforeAll(async () => {
    database = await trailDatabase({
      setup: `
        CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL, is_active boolean DEFAULT true, seen int DEFAULT 0);
        CREATE TABLE diary (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, person_id int, line text);
        CREATE VIEW active AS SELECT id, name FROM person WHERE is_active WITH CHECK OPTION;
        CREATE VIEW card AS SELECT id, upper(name) AS title FROM person;
        CREATE FUNCTION write_card() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN DELETE FROM person WHERE id = OLD.id; RETURN OLD; END IF;
          IF TG_OP = 'INSERT' THEN INSERT INTO person (id, name) VALUES (NEW.id, lower(NEW.title)); RETURN NEW; END IF;
          UPDATE person SET name = lower(NEW.title) WHERE id = OLD.id; RETURN NEW;
        END $$;
        CREATE TRIGGER write_card INSTEAD OF INSERT OR UPDATE OR DELETE ON card FOR EACH ROW EXECUTE FUNCTION write_card();
        CREATE FUNCTION hire(text) RETURNS int LANGUAGE sql AS $$ INSERT INTO person (id, name) VALUES (100, $1) RETURNING id $$;
        CREATE FUNCTION normal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.name := trim(NEW.name); RETURN NEW; END $$;
        CREATE TRIGGER normal BEFORE INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION normal();
        CREATE FUNCTION keep_diary() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO diary (person_id, line) VALUES (NEW.id, TG_OP);
          IF NEW.seen < 2 THEN UPDATE person SET seen = seen + 1 WHERE id = NEW.id; END IF;
          RETURN NULL;
        END $$;
        CREATE TRIGGER keep_diary AFTER INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION keep_diary();
        CREATE FUNCTION veto() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
        CREATE TRIGGER veto BEFORE DELETE ON diary FOR EACH ROW EXECUTE FUNCTION veto();`,
      track: ['person', 'diary'],
    })
  })
  afterAll(() => database?.drop())

  it('records writes through views and functions on the tables that they reach', async () => {
    await run(`INSERT INTO active VALUES (1, ' ada ')`)
    await run(`UPDATE active SET name = 'Ada' WHERE id = 1`)
    await run(`INSERT INTO card VALUES (2, 'BOB')`)
    await run(`UPDATE card SET title = 'ROB' WHERE id = 2`)
    await run(`DELETE FROM card WHERE id = 2`)
    await run(`SELECT hire('Kim')`)
    expect(await retrace(database.pool, 'person')).toEqual([])
    expect(await retrace(database.pool, 'diary')).toEqual([])
    const told = await storyOf(database.pool, 'person')
    expect(told.slice(0, 3)).toEqual([
      'i 1 {"id":1,"name":"ada","is_active":true,"seen":0}',
      'u 1 {"seen":0} {"seen":1}',
      'u 1 {"seen":1} {"seen":2}',
    ])
    expect(told).toContain('d 2 {"id":2,"name":"rob","is_active":true,"seen":2}')
    expect(told).toContain('i 100 {"id":100,"name":"Kim","is_active":true,"seen":0}')
  })

  it('records nothing where a trigger of the service vetoed the write', async () => {
    const before = (await storyOf(database.pool, 'diary')).length
    await run('DELETE FROM diary')
    expect(await storyOf(database.pool, 'diary')).toHaveLength(before)
  })

  it('holds what a trigger writes in the operation that set it off', async () => {
    await run(`BEGIN; INSERT INTO person VALUES (50, 'x', true, 0); COMMIT`)
    const { rows } = await database.pool.query(`
      SELECT count(DISTINCT operation_id)::int AS operations FROM steward.change
       WHERE xid = (SELECT max(xid::text::bigint)::text::xid8 FROM steward.change)`)
    expect(rows).toEqual([{ operations: 1 }])
  })
})

describe('a trigger that changes rows of the statement that set it off', () => {
  it.each(['row', 'bulk'])(
    'loses no change in mode %s, though those in the middle are captured in another order',
    async (mode) => {
      const database = await trailDatabase({
        setup: `
        CREATE TABLE chosen (id int PRIMARY KEY, n int);
        CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE chosen SET n = n + 1 WHERE n < 2; RETURN NULL; END $$;
        CREATE TRIGGER count_up AFTER INSERT ON chosen FOR EACH ROW EXECUTE FUNCTION count_up();`,
      })
      try {
        await database.pool.query(`SELECT steward.track('chosen', $1)`, [{ mode }])
        await database.pool.query('INSERT INTO chosen VALUES (1, 0), (2, 0)')
        const told = await storyOf(database.pool, 'chosen')
        expect(told.filter((line) => / 2 /.test(line)).sort()).toEqual([
          'i 2 {"id":2,"n":0}',
          'u 2 {"n":0} {"n":1}',
          'u 2 {"n":1} {"n":2}',
        ])
        expect(told).toHaveLength(6)
      } finally {
        await database.drop()
      }
    },
  )
})

describe('what is never tracked', () => {
  it('refuses temporary tables, views, partitions and its own tables', async () => {
    const database = await trailDatabase({
      setup: `CREATE VIEW v AS SELECT 1 AS a; CREATE MATERIALIZED VIEW m AS SELECT 1 AS a;
        CREATE TABLE root (id int) PARTITION BY LIST (id); CREATE TABLE leaf PARTITION OF root DEFAULT`,
    })
    try {
      await inTransaction(database.pool, {}, (transaction) =>
        transaction.query(`CREATE TEMP TABLE passing (id int);
          DO $$ BEGIN PERFORM steward.track('passing'); RAISE 'tracked'; EXCEPTION WHEN wrong_object_type THEN NULL; END $$`),
      )
      for (const name of ['v', 'm', 'leaf', 'steward.change', 'pg_class']) {
        await expect(database.pool.query('SELECT steward.track($1::regclass)', [name])).rejects.toMatchObject({
          code: '42809',
        })
      }
    } finally {
      await database.drop()
    }
  })
})
