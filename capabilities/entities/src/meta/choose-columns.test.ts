// Which columns are taken for text: what names a record and is searched.
import { expect, test } from 'vitest'
import type { CacheColumn } from '../catalog/schema-cache.ts'
import { isText } from './choose-columns.ts'

test.each([
  ['text', true],
  ['character varying(20)', true],
  ['character(3)', true],
  ['extensions.citext', true],
  ['character varying[]', false],
  ['character varying(20)[]', false],
  ['text[]', false],
  ['integer', false],
])('whether %s is text: %s', (baseType, expected) => {
  expect(isText({ baseType } as CacheColumn)).toBe(expected)
})
