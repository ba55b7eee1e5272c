// What an embed means, and how it is refused: clients compare these texts whole.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DialectError } from '../dialect/dialect-error.ts'
import { findRelationship } from './find-relationship.ts'
import { readSchemaCache } from './read-schema-cache.ts'
import type { SchemaCache } from './schema-cache.ts'

const setup = `
  CREATE SCHEMA personal;
  CREATE SCHEMA helpers;
  CREATE TABLE addresses (id int PRIMARY KEY);
  CREATE TABLE orders (
    id int PRIMARY KEY,
    billing_address_id int CONSTRAINT billing REFERENCES addresses,
    shipping_address_id int CONSTRAINT shipping REFERENCES addresses
  );
  CREATE TABLE films (id int PRIMARY KEY, director_id int CONSTRAINT films_director REFERENCES addresses);
  CREATE TABLE actors (id int PRIMARY KEY);
  CREATE TABLE roles (
    film_id int CONSTRAINT roles_film REFERENCES films, actor_id int CONSTRAINT roles_actor REFERENCES actors,
    PRIMARY KEY (film_id, actor_id)
  );
  CREATE TABLE stunts (
    film_id int CONSTRAINT stunts_film REFERENCES films, actor_id int CONSTRAINT stunts_actor REFERENCES actors,
    PRIMARY KEY (film_id, actor_id)
  );
  CREATE TABLE lab (
    id int PRIMARY KEY, parent int CONSTRAINT lab_parent_fkey REFERENCES lab, main int CONSTRAINT lab_main_fkey REFERENCES lab
  );
  CREATE TABLE lonely (id int PRIMARY KEY);
  CREATE TABLE personal.notes (id int PRIMARY KEY, film int REFERENCES films);
  CREATE VIEW films_shown AS SELECT id, director_id FROM films;
  CREATE FUNCTION roles_of(films) RETURNS SETOF actors LANGUAGE sql AS $$ SELECT * FROM actors $$;
  CREATE FUNCTION helpers.far(films) RETURNS SETOF actors LANGUAGE sql AS $$ SELECT * FROM actors $$;
  CREATE FUNCTION lab_parent_fkey(films) RETURNS SETOF lab ROWS 1 LANGUAGE sql AS $$ SELECT * FROM lab $$`

let database: TestDatabase
let cache: SchemaCache
beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(setup)
  cache = await readSchemaCache(database.pool, { schemas: ['public', 'personal'], extraSearchPath: ['helpers'] })
})
afterAll(() => database?.drop())

/** `films` and `actors!roles` as a request has them. */
function find(name: string, embed: string, schema = 'public') {
  const [relation = '', hint = null] = embed.split('!')
  return findRelationship(cache, { schema: 'public', name }, { relation, hint }, schema)
}
const found = (name: string, embed: string) => {
  const one = find(name, embed)
  if (one.kind === 'computed') return `${one.function.schema}.${one.function.name}`
  return `${one.kind} ${one.kind === 'many-to-many' ? one.junction.name : one.constraint}`
}
const refusal = (name: string, embed: string, schema?: string) => {
  try {
    find(name, embed, schema)
  } catch (error) {
    if (error instanceof DialectError) return { status: error.status, ...error.toJSON() }
    throw error
  }
  throw new Error('It was found')
}

describe('an embed without a hint', () => {
  it('is a table or view, a foreign key, or its column', () => {
    expect(found('films', 'addresses')).toBe('many-to-one films_director')
    expect(found('films', 'films_director')).toBe('many-to-one films_director')
    expect(found('films', 'director_id')).toBe('many-to-one films_director')
    expect(found('addresses', 'films')).toBe('one-to-many films_director')
    expect(found('addresses', 'films_shown')).toBe('one-to-many films_director')
  })

  it('is a function of the row, also of the search path, before anything else', () => {
    expect(found('films', 'roles_of')).toBe('public.roles_of')
    expect(found('films', 'far')).toBe('helpers.far')
    expect(found('films', 'lab_parent_fkey')).toBe('public.lab_parent_fkey')
  })
})

describe('a hint', () => {
  it('is a foreign key, or its column on either side', () => {
    expect(found('orders', 'addresses!billing')).toBe('many-to-one billing')
    expect(found('orders', 'addresses!shipping_address_id')).toBe('many-to-one shipping')
    expect(found('addresses', 'orders!billing_address_id')).toBe('one-to-many billing')
    expect(found('addresses', 'orders!shipping')).toBe('one-to-many shipping')
  })

  it('is a junction', () => {
    expect(found('films', 'actors!roles')).toBe('many-to-many roles')
    expect(found('films', 'actors!stunts')).toBe('many-to-many stunts')
  })
})

describe('a table that refers to itself', () => {
  it('is one to many by its name, which a column as hint tells apart', () => {
    expect(found('lab', 'lab!parent')).toBe('one-to-many lab_parent_fkey')
    expect(found('lab', 'lab!main')).toBe('one-to-many lab_main_fkey')
    expect(refusal('lab', 'lab').code).toBe('PGRST201')
  })

  it('is many to one by the column, and by the name of the foreign key', () => {
    expect(found('lab', 'parent')).toBe('many-to-one lab_parent_fkey')
    expect(found('lab', 'lab!lab_parent_fkey')).toBe('many-to-one lab_parent_fkey')
    expect(found('lab', 'lab_main_fkey')).toBe('many-to-one lab_main_fkey')
  })
})

describe('what is not found', () => {
  it('is refused with the nearest related table', () => {
    expect(refusal('films', 'role')).toEqual({
      status: 400,
      code: 'PGRST200',
      message: "Could not find a relationship between 'films' and 'role' in the schema cache",
      details:
        "Searched for a foreign key relationship between 'films' and 'role' in the schema 'public', but no matches were found.",
      hint: "Perhaps you meant 'roles' instead of 'role'.",
    })
  })

  it('is refused without a suggestion where the table is right and the hint is not', () => {
    expect(refusal('films', 'actors!wrong')).toMatchObject({
      details:
        "Searched for a foreign key relationship between 'films' and 'actors' using the hint 'wrong' in the schema 'public', but no matches were found.",
      hint: null,
    })
    expect(refusal('films', 'xyzzy').hint).toBeNull()
  })

  it('is refused with the nearest table that has relationships, where this one has none', () => {
    expect(refusal('lonely', 'films').hint).toBeNull()
    expect(refusal('film', 'actors').hint).toBe("Perhaps you meant 'films' instead of 'film'.")
  })

  it('lies in another schema than the one that is asked', () => {
    expect(refusal('films', 'notes').code).toBe('PGRST200')
    expect(refusal('films', 'actors', 'personal').details).toContain("in the schema 'personal'")
    expect(find('films', 'notes', 'personal')).toMatchObject({ target: { schema: 'personal', name: 'notes' } })
  })
})

describe('what is ambiguous', () => {
  it('is refused with every way and the hint that names it', () => {
    expect(refusal('orders', 'addresses')).toEqual({
      status: 300,
      code: 'PGRST201',
      message: "Could not embed because more than one relationship was found for 'orders' and 'addresses'",
      details: [
        {
          cardinality: 'many-to-one',
          embedding: 'orders with addresses',
          relationship: 'billing using orders(billing_address_id) and addresses(id)',
        },
        {
          cardinality: 'many-to-one',
          embedding: 'orders with addresses',
          relationship: 'shipping using orders(shipping_address_id) and addresses(id)',
        },
      ],
      hint: "Try changing 'addresses' to one of the following: 'addresses!billing', 'addresses!shipping'. Find the desired relationship in the 'details' key.",
    })
  })

  it('names junctions with both of their foreign keys', () => {
    const { details, hint } = refusal('films', 'actors')
    expect(details).toEqual([
      {
        cardinality: 'many-to-many',
        embedding: 'films with actors',
        relationship: 'roles using roles_film(film_id) and roles_actor(actor_id)',
      },
      {
        cardinality: 'many-to-many',
        embedding: 'films with actors',
        relationship: 'stunts using stunts_film(film_id) and stunts_actor(actor_id)',
      },
    ])
    expect(hint).toContain("'actors!roles', 'actors!stunts'")
  })
})
