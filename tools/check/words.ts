// Every text of a page comes from words in both languages: nothing is written into JSX, and nothing is left untranslated.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'
import { type Broken, printBroken } from '../house/broken.ts'
import { lineAt } from '../house/imports.ts'
import { isCode, isTest, listFiles } from '../repository/files.ts'
import type { StepReport } from './run-steps.ts'

const rules = {
  bare: {
    sentence: 'Whatever a person reads on a page comes from words in both languages.',
    mend: 'Put it into defineWords(en, ko) of the room, and ask for it with useWords.',
  },
  untranslated: {
    sentence: 'Words are complete in Korean and in English.',
    mend: 'Say it in Korean; a name that is the same in both languages stands in `sameInBoth` of tools/check/words.ts.',
  },
} as const

const roomsWithPages = /^(foundation\/ui|hosts\/web|capabilities\/[^/]+\/src\/pages|steward\/src\/web)\//

/** Attributes that people see or hear. */
const readAttributes = new Set([
  'title',
  'label',
  'placeholder',
  'alt',
  'description',
  'error',
  'legend',
  'summary',
  'message',
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
])

/** Names and abbreviations that are written the same in both languages. */
const sameInBoth = new Set([
  'Steward',
  'API',
  'CSV',
  'JSON',
  'SQL',
  'UUID',
  'URL',
  'UTF-8',
  'EUC-KR',
  'English',
  '한국어',
])

/** Reads every page and every words file. */
export function checkWords(root: string): StepReport {
  const files = listFiles(root).filter((file) => roomsWithPages.test(file) && isCode(file) && !isTest(file))
  const checked = files.map((file) => checkFile(file, readFileSync(join(root, file), 'utf8')))
  return {
    isSound: checked.every(({ broken }) => broken.length === 0),
    read: checked.reduce((sum, { phrases }) => sum + phrases, 0),
    output: printBroken(checked.flatMap(({ broken }) => broken)),
  }
}

type Checked = { phrases: number; broken: Broken[] }
type Node = { type: string; start: number; end: number; [more: string]: unknown }

function checkFile(file: string, text: string): Checked {
  const broken: Broken[] = []
  let phrases = 0
  const tell = (at: number, found: string, rule: keyof typeof rules) =>
    broken.push({ file, line: lineAt(text, at), found, ...rules[rule] })
  new Visitor({
    JSXText: (node) => {
      if (saysSomething(node.value)) tell(node.start, `says ${JSON.stringify(node.value.trim())}`, 'bare')
    },
    JSXExpressionContainer: (node) => {
      const value = literalOf(node.expression)
      if (value !== null && saysSomething(value) && !isInAttribute(text, node.start))
        tell(node.start, `says ${JSON.stringify(value)}`, 'bare')
    },
    JSXAttribute: (node) => {
      const name = node.name.type === 'JSXIdentifier' ? node.name.name : ''
      const inner = node.value as Node | null
      const value = literalOf(inner?.type === 'JSXExpressionContainer' ? inner['expression'] : inner)
      if (readAttributes.has(name) && value !== null && saysSomething(value))
        tell(node.start, `has ${name}=${JSON.stringify(value)}`, 'bare')
    },
    CallExpression: (node) => {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'defineWords') return
      const [english, korean] = node.arguments.map((argument) => phrasesOf(text, argument as unknown as Node))
      for (const [name, said] of korean ?? []) {
        phrases++
        const other = english?.get(name)
        if (isUntranslated(said.text, other?.text))
          tell(said.start, `has the phrase "${name}" without a word of Korean`, 'untranslated')
      }
    },
    ObjectExpression: (node) => {
      const given = phrasesOf(text, node as unknown as Node)
      const [en, ko] = [given.get('en'), given.get('ko')]
      if (en === undefined || ko === undefined || given.size !== 2) return
      phrases++
      if (isUntranslated(ko.text, en.text))
        tell(ko.start, `has the phrase ${ko.text} without a word of Korean`, 'untranslated')
    },
  }).visit(parseSync(file, text).program)
  return { phrases, broken }
}

type Said = { text: string; start: number }

/** The properties of an object that is written out, with the source of their values. */
function phrasesOf(text: string, node: Node): Map<string, Said> {
  const found = new Map<string, Said>()
  if (node.type !== 'ObjectExpression') return found
  for (const property of node['properties'] as Node[]) {
    if (property.type !== 'Property') continue
    const key = property['key'] as Node & { name?: string; value?: string }
    const value = property['value'] as Node
    found.set(key.name ?? key.value ?? '', { text: text.slice(value.start, value.end), start: value.start })
  }
  return found
}

/** Words of Latin letters alone, in a phrase whose English has words as well. What stands between `${` and `}` is code. */
function isUntranslated(korean: string, english: string | undefined): boolean {
  if (/[\uac00-\ud7a3]/.test(korean)) return false
  const words = saidIn(korean).match(/\p{L}{2,}/gu) ?? []
  if (words.every((word) => sameInBoth.has(word) || word === word.toUpperCase())) return false
  return english === undefined || /\p{L}{2,}/u.test(saidIn(english))
}

/** What the literals of a piece of source say. */
function saidIn(source: string): string {
  const literals = source.match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? []
  return literals.map((each) => each.replaceAll(/\$\{[^}]*\}/g, ' ')).join(' ')
}

function saysSomething(text: string): boolean {
  return /\p{L}{2,}/u.test(text) && !sameInBoth.has(text.trim())
}

function literalOf(node: unknown): string | null {
  const { type, value, quasis } = (node ?? {}) as {
    type?: string
    value?: unknown
    quasis?: { value: { raw: string } }[]
  }
  if (type === 'Literal' && typeof value === 'string') return value
  return type === 'TemplateLiteral' && quasis !== undefined ? quasis.map(({ value: { raw } }) => raw).join(' ') : null
}

/** `name={…}` was looked at as an attribute. */
function isInAttribute(text: string, start: number): boolean {
  return text[start - 1] === '='
}
