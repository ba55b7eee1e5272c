// The ways between tables and views that follow from foreign keys, junctions, views and functions.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSchemaCache } from './read-schema-cache.ts'
import type { Relationship, SchemaCache } from './schema-cache.ts'

const setup = `
  CREATE SCHEMA hidden;
  CREATE TABLE author (id int PRIMARY KEY, name text);
  CREATE TABLE passport (author_id int PRIMARY KEY REFERENCES author, number text);
  CREATE TABLE book (
    id int PRIMARY KEY, author_id int REFERENCES author, a int, b int, UNIQUE (b, a),
    sequel_of int CONSTRAINT book_sequel REFERENCES book
  );
  CREATE TABLE shelf (a int, b int, FOREIGN KEY (a, b) REFERENCES book (a, b));
  CREATE TABLE label (id int PRIMARY KEY);
  CREATE TABLE book_label (book_id int REFERENCES book, label_id int REFERENCES label, PRIMARY KEY (book_id, label_id));
  CREATE TABLE loose (id int PRIMARY KEY, book_id int REFERENCES book, label_id int REFERENCES label);
  CREATE TABLE sale (id int, book_id int REFERENCES book, PRIMARY KEY (id)) PARTITION BY LIST (id);
  CREATE TABLE sale_one PARTITION OF sale FOR VALUES IN (1);
  CREATE TABLE receipt (id int PRIMARY KEY, sale_id int REFERENCES sale);
  CREATE TABLE hidden.review (id int PRIMARY KEY, book_id int REFERENCES book, again int CONSTRAINT again REFERENCES book);
  CREATE TABLE hidden.tagged (book_id int REFERENCES book, author_id int REFERENCES author, PRIMARY KEY (book_id, author_id));
  CREATE VIEW reviews AS SELECT id, book_id AS about FROM hidden.review;
  CREATE VIEW books AS SELECT id AS key, author_id, id AS twin FROM book;
  CREATE VIEW titles AS SELECT id FROM book;
  CREATE VIEW pairs AS SELECT a FROM shelf;
  CREATE VIEW book_labels AS SELECT book_id AS x, label_id AS y FROM book_label;
  CREATE FUNCTION critics(author) RETURNS SETOF author LANGUAGE sql AS $$ SELECT * FROM author $$;
  CREATE FUNCTION best(author) RETURNS SETOF book ROWS 1 LANGUAGE sql AS $$ SELECT * FROM book $$;
  CREATE FUNCTION one(author) RETURNS book LANGUAGE sql AS $$ SELECT * FROM book $$;
  CREATE FUNCTION passport(author) RETURNS SETOF label LANGUAGE sql AS $$ SELECT * FROM label $$`

let database: TestDatabase
let cache: SchemaCache
beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(setup)
  cache = await readSchemaCache(database.pool, { schemas: ['public'], extraSearchPath: [] })
})
afterAll(() => database?.drop())

const from = (name: string) => cache.relationships({ schema: 'public', name })
const told = (one: Relationship) => {
  if (one.kind === 'computed') return `${one.function.name}() ${one.isToOne ? 'one' : 'many'} ${one.target.name}`
  if (one.kind === 'many-to-many') {
    const [first, second] = [one.originColumns, one.targetColumns].map((list) =>
      list.map((pair) => Object.values(pair).join('=')),
    )
    return `${one.kind} ${one.target.name} through ${one.junction.name} by ${one.constraints.join(',')} ${first} ${second}`
  }
  return `${one.kind} ${one.target.name} by ${one.constraint} ${one.columns.map((pair) => `${pair.origin}=${pair.target}`)}`
}
const between = (origin: string, target: string) =>
  from(origin)
    .filter((one) => one.target.name === target)
    .map(told)

describe('foreign keys between tables', () => {
  it('lead to one, and back to many', () => {
    expect(between('book', 'author')).toEqual(['many-to-one author by book_author_id_fkey author_id=id'])
    expect(between('author', 'book')).toContain('one-to-many book by book_author_id_fkey id=author_id')
  })

  it('lead to one in both directions where the columns are a key', () => {
    expect(between('passport', 'author')).toEqual(['one-to-one author by passport_author_id_fkey author_id=id'])
  })

  it('pair all columns in the order of the constraint', () => {
    expect(between('shelf', 'book')).toEqual(['many-to-one book by shelf_a_b_fkey a=a,b=b'])
  })

  it('of a table to itself lead both ways', () => {
    expect(between('book', 'book')).toEqual([
      'one-to-many book by book_sequel id=sequel_of',
      'many-to-one book by book_sequel sequel_of=id',
    ])
    expect(from('book').every((one) => one.isSelf === (one.target.name === 'book'))).toBe(true)
  })

  it('belong to the partitioned root and not to its partitions', () => {
    expect(between('sale', 'book')).toEqual(['many-to-one book by sale_book_id_fkey book_id=id'])
    expect(between('receipt', 'sale')).toEqual(['many-to-one sale by receipt_sale_id_fkey sale_id=id'])
    expect(from('sale_one')).toEqual([])
  })

  it('of tables that are not exposed lead nowhere', () => {
    expect(cache.relationships({ schema: 'hidden', name: 'review' })).toEqual([])
    expect(from('book').some(({ target }) => target.schema === 'hidden')).toBe(false)
  })
})

describe('many to many', () => {
  const direct = 'many-to-many label through book_label by book_label_book_id_fkey,book_label_label_id_fkey'

  it('goes through a junction, table or view, whose key holds both foreign keys', () => {
    expect(between('book', 'label')).toEqual([
      `${direct} id=book_id label=label_id`.replace('label=label_id', 'id=label_id'),
      'many-to-many label through book_labels by book_label_book_id_fkey,book_label_label_id_fkey id=x id=y',
    ])
    expect(between('label', 'book')).toHaveLength(2)
  })

  it('does not go through a junction that is not exposed', () => {
    expect(between('book', 'author').some((one) => one.includes('tagged'))).toBe(false)
  })

  it('is between views as well', () => {
    expect(between('titles', 'label')[0]).toBe(`${direct} id=book_id id=label_id`)
  })
})

describe('views', () => {
  it('have the foreign keys whose columns they show, also of tables that are not exposed', () => {
    expect(between('reviews', 'book')).toEqual(['many-to-one book by review_book_id_fkey about=id'])
    expect(between('book', 'reviews')).toEqual(['one-to-many reviews by review_book_id_fkey id=about'])
    expect(between('books', 'author')).toEqual(['many-to-one author by book_author_id_fkey author_id=id'])
  })

  it('are referred to, once for each column that shows the same', () => {
    expect(between('passport', 'books')).toEqual([])
    expect(between('reviews', 'books')).toEqual([
      'many-to-one books by review_book_id_fkey about=key',
      'many-to-one books by review_book_id_fkey about=twin',
    ])
    expect(between('reviews', 'titles')).toEqual(['many-to-one titles by review_book_id_fkey about=id'])
  })

  it('have no part of a foreign key', () => {
    expect(from('pairs')).toEqual([])
  })
})

describe('functions of a row that return rows of a table', () => {
  it('are relationships: to one where they return one row or say so', () => {
    const computed = from('author').filter(({ kind }) => kind === 'computed')
    expect(computed.map(told)).toEqual([
      'critics() many author',
      'best() one book',
      'one() one book',
      'passport() many label',
    ])
    expect(computed[0]?.isSelf).toBe(true)
  })

  it('take the place of what leads to a table of their name', () => {
    expect(between('author', 'passport')).toEqual([])
  })
})
