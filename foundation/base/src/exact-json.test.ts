// Exact JSON: what was read is printed again to the last character, whatever it is.
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isExactNumber, parseJson, printJson, rawText } from './exact-json.ts'
import { splitJsonObject } from './scan-json.ts'

// JSON as nobody prints it but many may write it: odd numbers, escapes, repeated keys, white space anywhere; beside it
// what it means. JSON.parse cannot be asked: what it makes of an escaped key depends on what it read before.
type Sample = { json: string; value: unknown }
const space = fc.stringMatching(/^[ \n\r\t]{0,2}$/)
const number = fc
  .oneof(
    fc.constantFrom('1e400', '-0', '0', '1.00', '12345678901234567890', '1E5', '-1e-400', '0.1', '9007199254740993'),
    fc.stringMatching(/^-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,4})?$/),
  )
  .map((json): Sample => ({ json, value: Number(json) }))
const escape = fc.constantFrom(
  ['\\u00e9', 'é'],
  ['\\u0061', 'a'],
  ['\\/', '/'],
  ['\\"', '"'],
  ['\\\\', '\\'],
  ['\\n', '\n'],
  ['\\b\\f\\r\\t', '\b\f\r\t'],
  ['\\ud83d\\uDE00', '😀'],
  ['\\ud800', '\ud800'],
  ['\\u0000', '\0'],
  ['한', '한'],
  ['😀', '😀'],
)
const plain = fc.stringMatching(/^[ !#-[\]-~]{0,6}$/).map((letters) => [letters, letters])
const string = fc.array(fc.oneof(escape, plain), { maxLength: 4 }).map((parts): Sample & { value: string } => ({
  json: `"${parts.map(([json]) => json).join('')}"`,
  value: parts.map(([, value]) => value).join(''),
}))
const word = fc.constantFrom<Sample>(
  { json: 'true', value: true },
  { json: 'false', value: false },
  { json: 'null', value: null },
)
const key = fc.oneof(
  string,
  fc
    .constantFrom('__proto__', 'constructor', 'toJSON', 'a', '1', '')
    .map((name) => ({ json: `"${name}"`, value: name })),
)
const objectOf = (fields: [string, unknown][]) => {
  const object = {}
  for (const [name, value] of fields) {
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
  }
  return object
}

const sample = fc.letrec<{ any: Sample; object: Sample }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(number, string, word),
    tie('object'),
    fc.array(fc.tuple(space, tie('any'), space), { maxLength: 4 }).map((items) => ({
      json: `[${items.map(([before, item, after]) => before + item.json + after).join(',')}]`,
      value: items.map(([, item]) => item.value),
    })),
    space.map((inner) => ({ json: `[${inner}]`, value: [] })),
  ),
  object: fc.oneof(
    fc.array(fc.tuple(space, key, space, space, tie('any'), space), { maxLength: 4 }).map((fields) => ({
      json: `{${fields.map(([a, name, b, c, item, d]) => `${a}${name.json}${b}:${c}${item.json}${d}`).join(',')}}`,
      value: objectOf(fields.map(([, name, , , item]) => [name.value, item.value])),
    })),
    space.map((inner) => ({ json: `{${inner}}`, value: {} })),
  ),
}))

const isString = (json: string) => json.startsWith('"')
const runs = { numRuns: 3000 }

describe('parseJson and printJson', () => {
  test('print again exactly what was read', () => {
    fc.assert(
      fc.property(sample.any, ({ json }) => {
        fc.pre(!isString(json))
        expect(printJson(parseJson(json))).toBe(json)
      }),
      runs,
    )
  })

  test('print every part exactly too, inside something new', () => {
    fc.assert(
      fc.property(sample.object, ({ json }) => {
        const parts = splitJsonObject(json)
        for (const [name, value] of Object.entries(parseJson(json) as object)) {
          const raw = parts.get(name) as string
          if (isString(raw)) continue
          const printed = printJson({ [`x${name}`]: value, more: [value] })
          expect(printed).toBe(`{${JSON.stringify(`x${name}`)}:${raw},"more":[${raw}]}`)
        }
      }),
      runs,
    )
  })

  test('read an escaped key as it is meant, where JSON.parse of Node 24 does not', () => {
    expect(parseJson('{"a":2,"\\\\":3}')).toEqual({ a: 2, '\\': 3 })
    expect(parseJson('{"a":1,"\\u0062":2}')).toEqual({ a: 1, b: 2 })
    expect([...splitJsonObject('{"a":1,"\\n":2}').keys()]).toEqual(['a', '\n'])
  })

  test('read every value as it is meant', () => {
    const numbersAside = (value: unknown): unknown => {
      if (isExactNumber(value)) return Number(value.rawJSON)
      if (typeof value !== 'object' || value === null) return value
      if (Array.isArray(value)) return value.map(numbersAside)
      return objectOf(Object.entries(value).map(([name, item]) => [name, numbersAside(item)]))
    }
    fc.assert(
      fc.property(sample.any, ({ json, value }) => {
        // Vitest's own comparison stumbles over a key called constructor.
        expect(isDeepStrictEqual(numbersAside(parseJson(json)), value)).toBe(true)
      }),
      runs,
    )
  })

  test('refuse exactly what JSON.parse refuses', () => {
    const nearly = fc
      .tuple(sample.any, fc.nat(), fc.constantFrom('', ',', '"', '\\', '}', '0', 'e'))
      .map(([{ json }, at, extra]) => {
        const place = at % (json.length + 1)
        return json.slice(0, place) + extra + json.slice(place + 1)
      })
    const outcome = (read: (json: string) => unknown, json: string) => {
      try {
        read(json)
        return 'fine'
      } catch (error) {
        return String(error)
      }
    }
    fc.assert(
      fc.property(nearly, (json) => {
        expect(outcome(parseJson, json)).toBe(outcome(JSON.parse, json))
      }),
      runs,
    )
  })

  test('print anything that was never read as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const canonical = JSON.parse(JSON.stringify(value)) as unknown
        expect(printJson(canonical)).toBe(JSON.stringify(canonical))
        expect(printJson(canonical, 2)).toBe(JSON.stringify(canonical, null, 2))
      }),
      runs,
    )
  })

  test.each(['1.00', '12345678901234567890', '1e400', '-0', '0.1000', '1E2', '123456789.123456789012345'])(
    'keep the number %s as its text',
    (json) => {
      const value = parseJson(` ${json}\n`)
      expect(isExactNumber(value)).toBe(true)
      expect(rawText(value)).toBe(json)
      expect(JSON.stringify({ value })).toBe(`{"value":${json}}`)
    },
  )

  test.each(['0', '1', '-1.5', '1e+21', '9007199254740991', '0.1', '1e-7'])(
    'hold the number %s as a number',
    (json) => {
      expect(parseJson(json)).toBe(Number(json))
    },
  )

  test('know keys that mean something to JavaScript', () => {
    const value = parseJson('{"__proto__": {"admin": true}, "constructor": 1}') as Record<string, unknown>
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
    expect((value as { admin?: boolean }).admin).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  test('take the last of repeated keys and print all of them', () => {
    const value = parseJson('{"a":1,"b":2,"a":3}') as Record<string, unknown>
    expect(value).toEqual({ a: 3, b: 2 })
    expect(printJson(value)).toBe('{"a":1,"b":2,"a":3}')
  })

  test('go deeper than a JavaScript stack', () => {
    const json = `${'[{"a":'.repeat(50_000)}1.0${'}]'.repeat(50_000)}`
    expect(printJson([parseJson(json)])).toBe(`[${json}]`)
  })

  test('are quick with long texts', () => {
    const json = `[${Array.from({ length: 100_000 }, (_, index) => `{"id": ${index}, "price": 1.00, "name": "x\\n"}`).join(', ')}]`
    const before = process.cpuUsage()
    expect(printJson(parseJson(json))).toBe(json)
    // Half a second of a small machine for 4.5 MB; a square somewhere would take minutes.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(5_000)
  })

  test('protect what is read from a change that printing would not show', () => {
    const value = parseJson('{"a": 1}') as Record<string, unknown>
    expect(() => {
      value['a'] = 2
    }).toThrow(TypeError)
    expect(printJson({ ...value, a: 2 })).toBe('{"a":2}')
  })
})

describe('printJson', () => {
  test('prints what JSON.stringify cannot', () => {
    expect(printJson({ big: 12345678901234567890n, nan: Number.NaN, less: -Infinity, zero: -0 })).toBe(
      '{"big":12345678901234567890,"nan":"NaN","less":"-Infinity","zero":-0}',
    )
  })

  test('prints the rest as JSON.stringify does', () => {
    const value = {
      when: new Date(0),
      none: undefined,
      list: [undefined, () => 1, Symbol('x')],
      boxed: [new Number(1), new String('x'), new Boolean(false)],
      map: new Map([[1, 2]]),
      own: { toJSON: (name: string) => `the ${name}` },
      lone: '\ud800',
      empty: { list: [], object: {} },
    }
    expect(printJson(value)).toBe(JSON.stringify(value))
    expect(printJson(value, 3)).toBe(JSON.stringify(value, null, 3))
    expect(printJson(undefined)).toBe('null')
  })

  test('lays out without touching a token', () => {
    expect(printJson({ row: parseJson('{"b":1.00,"a":{"x":[ ]},"b":"\\u00e9: ,"}') }, 2)).toBe(
      '{\n  "row": {\n    "b": 1.00,\n    "a": {\n      "x": []\n    },\n    "b": "\\u00e9: ,"\n  }\n}',
    )
  })

  test('refuses a value that contains itself, and takes one that stands twice', () => {
    const value: Record<string, unknown> = {}
    expect(printJson([value, value])).toBe('[{},{}]')
    value['self'] = value
    expect(() => printJson(value)).toThrow('contains itself')
  })
})

describe('splitJsonObject', () => {
  test('gives the exact text of every value', () => {
    const fields = fc.array(fc.tuple(key, space, space, sample.any), { maxLength: 6 })
    fc.assert(
      fc.property(fields, (list) => {
        const json = `{${list.map(([name, a, b, item]) => `${a}${name.json}${b}: ${a}${item.json}${b}`).join(',')}}`
        const expected = new Map(list.map(([name, , , item]) => [name.value, item.json]))
        expect(splitJsonObject(json)).toEqual(expected)
        const withSpace = new Map(list.map(([name, a, b, item]) => [name.value, ` ${a}${item.json}${b}`]))
        expect(splitJsonObject(json, { keepSpace: true })).toEqual(withSpace)
      }),
      runs,
    )
  })

  test.each(['[1]', '1', 'null', '"x"', '{"a"', ''])('refuses %j', (json) => {
    expect(() => splitJsonObject(json)).toThrow(SyntaxError)
  })
})
