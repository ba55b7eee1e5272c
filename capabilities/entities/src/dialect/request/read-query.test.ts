// The query string, as clients send it and as they must not.
import { describe, expect, it } from 'vitest'
import { DialectError } from '../dialect-error.ts'
import { readQuery } from './read-query.ts'

function refusal(query: string, isCall = false): DialectError {
  try {
    readQuery(query, isCall)
  } catch (error) {
    if (error instanceof DialectError) return error
    throw error
  }
  throw new Error(`${query} was not refused`)
}

const column = (name: string, facts: object = {}) => ({
  kind: 'field',
  field: { name, path: [] },
  alias: null,
  cast: null,
  aggregate: null,
  aggregateCast: null,
  ...facts,
})

const condition = (name: string, facts: object) => ({
  kind: 'condition',
  field: { name, path: [] },
  isNegated: false,
  quantifier: null,
  language: null,
  ...facts,
})

const onlyFilter = (query: string) => readQuery(query, false).filters.map(({ what }) => what)

describe('select', () => {
  const select = (text: string) => readQuery(`select=${text}`, false).select

  it('is everything where none is sent, and nothing where it is empty', () => {
    expect(readQuery('', false).select).toEqual([column('*')])
    expect(select('')).toEqual([])
  })

  it('reads alias, cast, JSON path and quoted names', () => {
    expect(select('nr:id,total::text,"a \\"b\\"",data->a->>-1')).toEqual([
      column('id', { alias: 'nr' }),
      column('total', { cast: 'text' }),
      column('a "b"'),
      {
        ...column('data'),
        field: {
          name: 'data',
          path: [
            { operator: '->', operand: 'a', isIndex: false },
            { operator: '->>', operand: '-1', isIndex: true },
          ],
        },
      },
    ])
  })

  it('reads aggregates with a cast before and behind', () => {
    expect(select('n:total::int.sum()::text,k:count()::int,count()')).toEqual([
      column('total', { alias: 'n', cast: 'int', aggregate: 'sum', aggregateCast: 'text' }),
      column('', { field: null, alias: 'k', aggregate: 'count', aggregateCast: 'int' }),
      column('', { field: null, aggregate: 'count' }),
    ])
  })

  it('reads embeds with alias, hint, join and spread, nested and empty', () => {
    const embed = { kind: 'embed', alias: null, hint: null, join: null, isSpread: false, select: [] }
    expect(select('boss:lab!fk!inner(id),...customer!left(country()), order_item ( id )')).toEqual([
      { ...embed, relation: 'lab', alias: 'boss', hint: 'fk', join: 'inner', select: [column('id')] },
      { ...embed, relation: 'customer', join: 'left', isSpread: true, select: [{ ...embed, relation: 'country' }] },
      { ...embed, relation: 'order_item', select: [column('id')] },
    ])
  })

  it('is refused beyond a hundred levels, and read up to there', () => {
    const deep = (levels: number) => `${'a('.repeat(levels)}${')'.repeat(levels)}`
    expect(select(deep(100))).toHaveLength(1)
    expect(refusal(`select=${deep(101)}`).details).toBe('unexpected "(" more than 100 levels deep')
    expect(refusal(`or=${'(and'.repeat(50_000)}`).code).toBe('PGRST100')
  })

  it('cannot be changed by who reads it, for it is shared with the next request', () => {
    expect(Object.isFrozen(select('id,customer(id)')[1])).toBe(true)
  })
})

describe('a filter', () => {
  it('has an operator, perhaps negated, and a value that may hold anything', () => {
    expect(onlyFilter('id=eq.a.b,(c)&id=not.gte.1&note=isdistinct.x&data=cs.%7B"a":1%7D')).toEqual([
      condition('id', { operator: 'eq', values: ['a.b,(c)'] }),
      condition('id', { operator: 'gte', values: ['1'], isNegated: true }),
      condition('note', { operator: 'isdistinct', values: ['x'] }),
      condition('data', { operator: 'cs', values: ['{"a":1}'] }),
    ])
  })

  it('reads lists with quoted members, and the list of nothing', () => {
    expect(onlyFilter('id=in.(a,"b,c","d\\"e")&id=in.()')).toEqual([
      condition('id', { operator: 'in', values: ['a', 'b,c', 'd"e'] }),
      condition('id', { operator: 'in', values: [] }),
    ])
  })

  it('writes % for * in patterns alone, and takes members of any and all', () => {
    expect(onlyFilter('n=like.a*&n=ilike(all).{a*,"b,*"}&n=eq(any).{*,2}&n=match.a*')).toEqual([
      condition('n', { operator: 'like', values: ['a%'] }),
      condition('n', { operator: 'ilike', values: ['a%', 'b,%'], quantifier: 'all' }),
      condition('n', { operator: 'eq', values: ['*', '2'], quantifier: 'any' }),
      condition('n', { operator: 'match', values: ['a*'] }),
    ])
  })

  it('knows the language of a full text search and the words of is', () => {
    expect(onlyFilter('n=wfts(english).late+-refund&n=is.NULL&n=not.is.not_null')).toEqual([
      condition('n', { operator: 'wfts', values: ['late -refund'], language: 'english' }),
      condition('n', { operator: 'is', values: ['null'] }),
      condition('n', { operator: 'is', values: ['not_null'], isNegated: true }),
    ])
  })

  it('belongs to the embed that its path names', () => {
    expect(readQuery('customer.country.name=eq.x', false).filters).toEqual([
      { path: ['customer', 'country'], what: condition('name', { operator: 'eq', values: ['x'] }) },
    ])
  })

  it('stands in trees, nested, negated and on embeds', () => {
    expect(readQuery('customer.not.or=(a.eq."x,y", and( b.cs.{1,2} ,c.not.like.*z))', false).filters).toEqual([
      {
        path: ['customer'],
        what: {
          kind: 'or',
          isNegated: true,
          members: [
            condition('a', { operator: 'eq', values: ['x,y'] }),
            {
              kind: 'and',
              isNegated: false,
              members: [
                condition('b', { operator: 'cs', values: ['{1,2}'] }),
                condition('c', { operator: 'like', values: ['%z'], isNegated: true }),
              ],
            },
          ],
        },
      },
    ])
  })
})

describe('order, columns and conflict', () => {
  it('reads terms with direction, nulls, JSON paths and columns of embeds', () => {
    const term = { relation: null, direction: null, nulls: null }
    expect(readQuery('customer.order=id.desc.nullslast,data->0.asc,country(name).nullsfirst', false).order).toEqual([
      {
        path: ['customer'],
        what: [
          { ...term, field: { name: 'id', path: [] }, direction: 'desc', nulls: 'last' },
          {
            ...term,
            field: { name: 'data', path: [{ operator: '->', operand: '0', isIndex: true }] },
            direction: 'asc',
          },
          { ...term, field: { name: 'name', path: [] }, relation: 'country', nulls: 'first' },
        ],
      },
    ])
  })

  it('names each column once', () => {
    expect(readQuery('columns=id,"a b",id&on_conflict=ref', false)).toMatchObject({
      columns: ['id', 'a b'],
      onConflict: ['ref'],
    })
  })
})

describe('a call', () => {
  it('takes what is no comparison as an argument', () => {
    expect(readQuery('a=1&b=eq.2&c=hello+world&d=', true)).toMatchObject({
      callArguments: [
        ['a', '1'],
        ['c', 'hello world'],
        ['d', ''],
      ],
      filters: [{ what: condition('b', { operator: 'eq', values: ['2'] }) }],
    })
  })
})

describe('what cannot be read', () => {
  it.each([
    [
      'id=foo.1',
      '"failed to parse filter (foo.1)" (line 1, column 1)',
      'unexpected "f" expecting "not" or operator (eq, gt, ...)',
    ],
    [
      'id=is.nil',
      '"failed to parse filter (is.nil)" (line 1, column 5)',
      'unexpected "i" expecting isVal: (null, not_null, true, false, unknown)',
    ],
    ['id=in.(1', '"failed to parse filter (in.(1)" (line 1, column 6)', 'unexpected end of input expecting "," or ")"'],
    [
      'or=()',
      '"failed to parse logic tree (())" (line 1, column 4)',
      'unexpected ")" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)',
    ],
    [
      'order=id.ac',
      '"failed to parse order (id.ac)" (line 1, column 4)',
      'unexpected "c" expecting "asc", "desc", "nullsfirst" or "nullslast"',
    ],
    [
      'order=id.descc',
      '"failed to parse order (id.descc)" (line 1, column 8)',
      `unexpected 'c' expecting delimiter (.), "," or end of input`,
    ],
    [
      'select=id,',
      '"failed to parse select parameter (id,)" (line 1, column 4)',
      'unexpected end of input expecting "...", field name (* or [a..z0..9_$]), "*" or "count()"',
    ],
    [
      'select=*!x',
      '"failed to parse select parameter (*!x)" (line 1, column 2)',
      `unexpected '!' expecting ")", "," or end of input`,
    ],
    [
      'select=ü€',
      '"failed to parse select parameter (ü€)" (line 1, column 2)',
      String.raw`unexpected '\8364' expecting letter, digit, "-", "->>", "->", "::", ".", ")", "," or end of input`,
    ],
    [
      'a.=eq.1',
      '"failed to parse tree path (a.)" (line 1, column 3)',
      'unexpected end of input expecting field name (* or [a..z0..9_$])',
    ],
  ])('%s is told by place and by what would fit', (query, message, details) => {
    expect(refusal(query).toJSON()).toEqual({ code: 'PGRST100', message, details, hint: null })
  })

  it.each(['x=%zz', 'x=eq.%ff', 'x=eq.%00', '%c3=eq.1'])('%s is refused for its encoding', (query) => {
    expect(refusal(query)).toMatchObject({ status: 400, code: 'PGRST100' })
  })

  it('is an array without braces, in the words of PostgreSQL', () => {
    expect(refusal('id=eq(any).5')).toMatchObject({
      status: 400,
      code: '22P02',
      message: 'malformed array literal: "5"',
    })
  })
})
