// What a request says of itself reaches all SQL that could read it, in Steward's own mode too.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openPool, type Pool } from '@steward/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Entities, openEntities } from '../../open-entities.ts'
import { askOf } from '../../testing/shop.ts'

let database: TestDatabase
let pool: Pool
let entities: Entities
beforeAll(async () => {
  database = await testDatabase({ name: 'own_code' })
  await database.pool.query(`
    CREATE FUNCTION said() RETURNS text LANGUAGE sql STABLE AS $$ SELECT current_setting('request.method', true) $$;
    CREATE TABLE note (id int PRIMARY KEY, parent_id int REFERENCES note, text text);
    INSERT INTO note VALUES (1, NULL, 'a'), (2, 1, 'b');
    CREATE VIEW told AS SELECT id, said() AS method FROM note;
    CREATE FUNCTION method(note) RETURNS text LANGUAGE sql STABLE AS $$ SELECT said() $$;
    CREATE FUNCTION ask() RETURNS text LANGUAGE sql STABLE AS $$ SELECT said() $$;
    CREATE TABLE guarded (id int PRIMARY KEY, note_id int REFERENCES note);
    INSERT INTO guarded VALUES (1, 1);
    CREATE FUNCTION short(guarded) RETURNS text LANGUAGE sql STABLE AS $$ SELECT said() $$;
    ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
    CREATE POLICY by_method ON guarded USING (said() = 'GET');
    CREATE ROLE own_code_reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA public TO own_code_reader`)
  // Policies hold for those who do not own the table.
  pool = openPool({ connectionString: database.url, options: '-c role=own_code_reader' })
  entities = await openEntities({ pool, schemas: ['public'] })
})
afterAll(async () => {
  await entities.close()
  await pool.end()
  await database.pool.query('DROP OWNED BY own_code_reader; DROP ROLE own_code_reader')
  await database.drop()
})

const get = async (target: string) => (await askOf(entities)('GET', target)).json

test('a table alone is read as ever', async () => {
  expect(await get('/note?select=id,text&order=id')).toEqual([
    { id: 1, text: 'a' },
    { id: 2, text: 'b' },
  ])
})

test('views, functions of a row and functions hear the method', async () => {
  expect(await get('/told?id=eq.1')).toEqual([{ id: 1, method: 'GET' }])
  expect(await get('/note?select=id,method&id=eq.1')).toEqual([{ id: 1, method: 'GET' }])
  expect(await get('/note?select=id&method=eq.GET&order=method,id')).toEqual([{ id: 1 }, { id: 2 }])
  expect(await get('/note?select=id&or=(method.eq.GET,id.eq.9)&limit=1')).toEqual([{ id: 1 }])
  expect(await get('/rpc/ask')).toBe('GET')
})

test('policies hear it, of the table itself and of what is embedded', async () => {
  expect(await get('/guarded?select=id')).toEqual([{ id: 1 }])
  expect(await get('/note?select=id,guarded(id)&id=eq.1')).toEqual([{ id: 1, guarded: [{ id: 1 }] }])
})
