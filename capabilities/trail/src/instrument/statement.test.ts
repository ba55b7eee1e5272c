// Tests of what a statement is taken for.
import { describe, expect, test } from 'vitest'
import { isSeveral, type StatementKind, statementKind } from './statement.ts'

describe('the kind of a statement', () => {
  const cases: [string, StatementKind][] = [
    ['INSERT INTO a VALUES (1)', 'write'],
    ['insert into a values (1)', 'write'],
    ['\n\t UPDATE a SET b = 1', 'write'],
    ['-- why\nDELETE FROM a', 'write'],
    ['/* a /* nested */ comment */ MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE', 'write'],
    ['(WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x)', 'write'],
    ['TRUNCATE a', 'write'],
    ['EXECUTE prepared(1)', 'write'],
    ['EXPLAIN (ANALYZE, BUFFERS) DELETE FROM a', 'write'],
    ['EXPLAIN DELETE FROM a', 'other'],
    ['CALL p(1)', 'call'],
    ['DO $$ BEGIN END $$', 'call'],
    ['SELECT 1', 'other'],
    ['/* steward: writes */ SELECT grow(1)', 'write'],
    ['/* steward: alone */ CALL p(1)', 'other'],
    ['-- steward: alone\nINSERT INTO a VALUES (1)', 'other'],
    ['SELECTED', 'other'],
    ['BEGIN', 'begin'],
    ['begin;', 'begin'],
    ['BEGIN ISOLATION LEVEL SERIALIZABLE', 'begin'],
    ['START TRANSACTION', 'begin'],
    ['START SLAVE', 'other'],
    ['COMMIT', 'commit'],
    ['END', 'commit'],
    ['COMMIT AND CHAIN', 'commit'],
    ["COMMIT PREPARED 'x'", 'other'],
    ['ROLLBACK', 'rollback'],
    ['ABORT', 'rollback'],
    ['ROLLBACK AND CHAIN', 'rollback'],
    ["ROLLBACK PREPARED 'x'", 'other'],
    ['ROLLBACK TO s', 'rollback-to'],
    ['ROLLBACK TO SAVEPOINT s', 'rollback-to'],
    ['rollback work to savepoint s', 'rollback-to'],
    ['ROLLBACK TRANSACTION TO s', 'rollback-to'],
    ['SAVEPOINT s', 'other'],
    ['RELEASE SAVEPOINT s', 'other'],
    ['VACUUM a', 'other'],
    ['CREATE INDEX CONCURRENTLY i ON a (b)', 'other'],
    ['CREATE DATABASE d', 'other'],
    ['ALTER SYSTEM SET a = 1', 'other'],
    ['REINDEX INDEX CONCURRENTLY i', 'other'],
    ['COPY a FROM STDIN', 'copy'],
    ['LISTEN a', 'other'],
    ['SET TRANSACTION READ ONLY', 'set'],
    ['RESET ALL', 'reset'],
    ['DISCARD ALL', 'reset'],
    ['', 'other'],
    ['/* never closed', 'other'],
    ['-- only a comment', 'other'],
  ]
  test.each(cases)('%j is %s', (text, kind) => {
    expect(statementKind(text)).toBe(kind)
  })

  test('SELECT writes where somebody says that it does', () => {
    expect(statementKind('SELECT grow(1)', { select: true })).toBe('write')
  })

  test('is told in no time from a text of many megabytes', () => {
    const text = `INSERT INTO a VALUES ${"('x; y'),".repeat(500_000)}`
    expect(statementKind(text)).toBe('write')
    const began = performance.now()
    for (let count = 0; count < 1000; count++) statementKind(text)
    expect(performance.now() - began).toBeLessThan(100)
  })
})

describe('several statements in one text', () => {
  const several = [
    'SELECT 1; SELECT 2',
    ';;SELECT 1; SELECT 2',
    "INSERT INTO a VALUES ('x'); DELETE FROM a;",
    "SELECT E'\\'';SELECT 2",
    "SELECT 'a\\'; SELECT 2",
  ]
  const one = [
    'SELECT 1',
    'SELECT 1;',
    'SELECT 1 ; ; -- done',
    'SELECT 1; /* done */ ',
    "SELECT ';' || ';'",
    "SELECT 'it''s; fine'",
    "SELECT E'it\\'s; fine'",
    'SELECT 1 AS "a;b""c;d"',
    'DO $$ BEGIN; END; $$',
    'DO $body$ SELECT $$;$$; $body$;',
    'SELECT 1 -- a;b',
    'SELECT 1 /* ; */ + 2',
    'SELECT price$1 FROM a',
  ]
  test.each(several)('are seen in %j', (text) => expect(isSeveral(text)).toBe(true))
  test.each(one)('are not seen in %j', (text) => expect(isSeveral(text)).toBe(false))
})
