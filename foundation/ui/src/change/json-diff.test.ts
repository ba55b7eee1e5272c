// Where JSON values differ, path by path, to the last digit.
import { parseJson } from '@steward/base'
import { describe, expect, it } from 'vitest'
import { canWalk, diffJson } from './json-diff.ts'

const between = (before: string, after: string) => diffJson(parseJson(before), parseJson(after)).changes

describe('the paths of two JSON values', () => {
  it('goes into objects', () => {
    expect(between('{"a":{"b":1,"c":2}}', '{"a":{"b":3,"d":4}}')).toEqual([
      { path: 'a.b', before: 1, after: 3 },
      { path: 'a.c', before: 2 },
      { path: 'a.d', after: 4 },
    ])
  })

  it('takes what was put into the middle of a list as that alone', () => {
    expect(between('{"tags":["a","b","c"]}', '{"tags":["a","x","b","c"]}')).toEqual([{ path: 'tags[1]', after: 'x' }])
    expect(between('["a","b","c"]', '["a","c"]')).toEqual([{ path: '[1]', before: 'b' }])
  })

  it('goes into the objects of a list', () => {
    expect(between('[{"id":1,"n":1},{"id":2,"n":1}]', '[{"id":1,"n":1},{"id":2,"n":2}]')).toEqual([
      { path: '[1].n', before: 1, after: 2 },
    ])
  })

  it('sees the last digit of a number, and that a number is no text', () => {
    const [change] = between('{"n":12345678901234567890}', '{"n":12345678901234567891}')
    expect(change?.path).toBe('n')
    expect(between('{"n":1.0}', '{"n":"1.0"}')).toHaveLength(1)
    expect(between('{"n":1.0}', '{"n":1.0}')).toEqual([])
  })

  it('tells an absent value from null, and a list from an object', () => {
    expect(between('{"a":null}', '{}')).toEqual([{ path: 'a', before: null }])
    expect(between('{"a":[]}', '{"a":{}}')).toEqual([{ path: 'a', before: [], after: {} }])
  })

  it('writes names that are no words in brackets', () => {
    expect(between('{"a b":{"한글":1}}', '{"a b":{"한글":2}}')[0]?.path).toBe('["a b"].한글')
  })

  it('stops at two hundred places, and says so', () => {
    const many = (value: number) => Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`k${at}`, value]))
    const diff = diffJson(many(1), many(2))
    expect(diff).toMatchObject({ isWhole: false })
    expect(diff.changes).toHaveLength(200)
  })

  it('goes as deep as anybody nests, and does not fall into what is deeper', () => {
    const deep = (inner: string) => `${'['.repeat(5000)}${inner}${']'.repeat(5000)}`
    expect(between(deep('1'), deep('2'))).toHaveLength(1)
  })

  it('is for two objects or two lists', () => {
    expect([canWalk({}, {}), canWalk([], []), canWalk({}, []), canWalk(null, {})]).toEqual([true, true, false, false])
    expect(canWalk(parseJson('1.0'), parseJson('2.0'))).toBe(false)
  })
})
