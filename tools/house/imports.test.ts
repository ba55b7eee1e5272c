// What the reader of imports must not overlook.
import { expect, test } from 'vitest'
import { readImports } from './imports.ts'

test('every way of importing is seen, with its line and whether it is erased', () => {
  const text = [
    "import a, { b } from './a.ts'",
    "import type { C } from './c.ts'",
    "import { type D } from './d.ts'",
    "export { e } from './e.ts'",
    "export type * from './f.ts'",
    "import './g.ts'",
    "const h = await import('./h.ts')",
    "type I = typeof import('./i.ts')",
    "import j = require('./j.ts')",
    "const k = require('./k.ts')",
    'const l = import(`./l.ts`)',
    "const m = import.meta.resolve('./m.ts')",
    'const n = (name: string) => import(name)',
    "const text = \"import './not.ts'\" // import './neither.ts'",
  ].join('\n')
  expect(readImports('x.ts', text)).toEqual([
    { specifier: './a.ts', line: 1, isTypeOnly: false, isOnlyResolved: false },
    { specifier: './c.ts', line: 2, isTypeOnly: true, isOnlyResolved: false },
    { specifier: './d.ts', line: 3, isTypeOnly: false, isOnlyResolved: false },
    { specifier: './e.ts', line: 4, isTypeOnly: false, isOnlyResolved: false },
    { specifier: './f.ts', line: 5, isTypeOnly: true, isOnlyResolved: false },
    { specifier: './g.ts', line: 6, isTypeOnly: false, isOnlyResolved: false },
    { specifier: './h.ts', line: 7, isTypeOnly: false, isOnlyResolved: false },
    { specifier: './i.ts', line: 8, isTypeOnly: true, isOnlyResolved: false },
    { specifier: './j.ts', line: 9, isTypeOnly: false, isOnlyResolved: false },
    { specifier: './k.ts', line: 10, isTypeOnly: false, isOnlyResolved: false },
    { specifier: './l.ts', line: 11, isTypeOnly: false, isOnlyResolved: false },
    { specifier: './m.ts', line: 12, isTypeOnly: false, isOnlyResolved: true },
    { specifier: null, line: 13, isTypeOnly: false, isOnlyResolved: false },
  ])
})

test('decorators and JSX are read', () => {
  expect(readImports('x.ts', "@Module()\nclass A { @Inject('x') b!: import('./b.ts').B }")).toHaveLength(1)
  expect(readImports('x.tsx', "import './a.ts'\nexport const A = () => <p>hello</p>")).toHaveLength(1)
})
