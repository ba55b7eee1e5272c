// What a statement is, told from its first words alone: may it write, does it open or close a transaction?

/**
 * - `begin`, `commit`, `rollback`: open and close a transaction; `rollback-to` goes back to a savepoint
 * - `write`: can change rows and may run inside a transaction of its own
 * - `call`: CALL and DO: the same, but the code behind them may want to commit by itself
 * - `copy`: COPY … FROM: writes, but is a conversation, and never gets a transaction of its own
 * - `set`: SET, which may make the transaction read-only; `reset`: may wipe the settings of the session
 * - `other`: reads, or refuses a transaction (VACUUM, CREATE INDEX CONCURRENTLY, …), or is none of our business
 */
export type StatementKind =
  | 'begin'
  | 'commit'
  | 'rollback'
  | 'rollback-to'
  | 'write'
  | 'call'
  | 'copy'
  | 'set'
  | 'reset'
  | 'other'

const quote = 39
const doubleQuote = 34
const dollar = 36
const slash = 47
const star = 42
const minus = 45
const openParenthesis = 40
const semicolon = 59

/**
 * Tells the kind of a statement by its first words; comments, blanks and parentheses before them are skipped. Looks at
 * no more of the text than that. A comment in front decides by itself: `steward: writes` in it for a SELECT whose functions
 * write, `steward: alone` for a statement that must not get a transaction of its own.
 *
 * @example
 * statementKind('/* nightly *\/ WITH gone AS (DELETE FROM a RETURNING *) SELECT count(*) FROM gone') // 'write'
 */
export function statementKind(text: string, options: { select?: boolean } = {}): StatementKind {
  const start = skipBlanks(text, 0, true)
  const hint = start > 8 ? hintIn(text, start) : undefined
  const end = wordEnd(text, start)
  const kind = kindOf(text, start, end, options)
  if (hint === 'writes') return kind === 'other' ? 'write' : kind
  if (hint === 'alone') return kind === 'write' || kind === 'call' ? 'other' : kind
  return kind
}

function kindOf(text: string, start: number, end: number, options: { select?: boolean }): StatementKind {
  switch (text.slice(start, end).toUpperCase()) {
    case 'SELECT':
    case 'VALUES':
    case 'TABLE':
      return options.select ? 'write' : 'other'
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'MERGE':
    case 'WITH':
    case 'TRUNCATE':
    case 'EXECUTE':
      return 'write'
    case 'CALL':
    case 'DO':
      return 'call'
    case 'BEGIN':
      return 'begin'
    case 'START':
      return nextWord(text, end) === 'TRANSACTION' ? 'begin' : 'other'
    case 'COMMIT':
    case 'END':
      return nextWord(text, end) === 'PREPARED' ? 'other' : 'commit'
    case 'ROLLBACK':
    case 'ABORT':
      return rollbackKind(text, end)
    case 'COPY':
      return 'copy'
    case 'EXPLAIN':
      return /^[^;]{0,80}?\banaly[sz]e\b/i.test(text.slice(end, end + 100)) ? 'write' : 'other'
    case 'SET':
      return 'set'
    case 'RESET':
    case 'DISCARD':
      return 'reset'
    default:
      return 'other'
  }
}

function rollbackKind(text: string, end: number): StatementKind {
  const rest = text.slice(end, end + 200).toUpperCase()
  if (/^\s+PREPARED\b/.test(rest)) return 'other'
  return /^(?:\s|\/\*[^]*?\*\/|--[^\n]*\n)*(?:(?:WORK|TRANSACTION)\s+)?TO\b/.test(rest) ? 'rollback-to' : 'rollback'
}

function nextWord(text: string, from: number): string {
  const start = skipBlanks(text, from, false)
  return text.slice(start, wordEnd(text, start)).toUpperCase()
}

function wordEnd(text: string, start: number): number {
  let end = start
  // Folded to lower case; the longest word that we know has eleven letters.
  while (end < text.length && end - start < 16) {
    const letter = text.charCodeAt(end) | 32
    if (letter < 97 || letter > 122) break
    end++
  }
  return end
}

// The first character that is neither blank nor comment nor, where asked, an opening parenthesis.
function skipBlanks(text: string, from: number, parentheses: boolean): number {
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (isBlank(code) || (parentheses && code === openParenthesis)) at++
    else if (isCommentStart(text, at, code)) at = skipComment(text, at)
    else break
  }
  return at
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}

function isCommentStart(text: string, at: number, code: number): boolean {
  const next = text.charCodeAt(at + 1)
  return (code === minus && next === minus) || (code === slash && next === star)
}

function skipComment(text: string, from: number): number {
  if (text.charCodeAt(from) === minus) {
    const end = text.indexOf('\n', from)
    return end === -1 ? text.length : end + 1
  }
  // Comments of PostgreSQL nest.
  let depth = 0
  let at = from
  while (at < text.length) {
    const code = text.charCodeAt(at)
    const next = text.charCodeAt(at + 1)
    if (code === slash && next === star) {
      depth++
      at += 2
    } else if (code === star && next === slash) {
      depth--
      at += 2
      if (depth === 0) return at
    } else at++
  }
  return at
}

function hintIn(text: string, end: number): 'writes' | 'alone' | undefined {
  const found = /\bsteward:\s*(writes|alone)\b/.exec(text.slice(0, Math.min(end, 2000)))
  return found?.[1] as 'writes' | 'alone' | undefined
}

/**
 * Whether a text without values holds more than one statement. Semicolons in quotes, dollar quotes and comments do not
 * count, nor does one at the end.
 *
 * @example
 * isSeveral("INSERT INTO a VALUES (';');") // false
 */
export function isSeveral(text: string): boolean {
  let at = text.indexOf(';')
  if (at === -1) return false
  if (isBlankFrom(text, at + 1)) return false
  at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === semicolon) {
      if (!isBlankFrom(text, at + 1)) return true
      return false
    }
    if (code === quote) at = skipQuoted(text, at, quote, isEscapeString(text, at))
    else if (code === doubleQuote) at = skipQuoted(text, at, doubleQuote, false)
    else if (code === dollar) at = skipDollarQuoted(text, at)
    else if (isCommentStart(text, at, code)) at = skipComment(text, at)
    else at++
  }
  return false
}

function isBlankFrom(text: string, from: number): boolean {
  let at = from
  for (;;) {
    at = skipBlanks(text, at, false)
    if (at >= text.length) return true
    if (text.charCodeAt(at) !== semicolon) return false
    at++
  }
}

function isEscapeString(text: string, at: number): boolean {
  if (at === 0 || (text.charCodeAt(at - 1) | 32) !== 101) return false
  return at === 1 || !/[\w$\u0080-\uffff]/.test(text.charAt(at - 2))
}

function skipQuoted(text: string, from: number, mark: number, backslashes: boolean): number {
  const character = mark === quote ? "'" : '"'
  let at = from + 1
  for (;;) {
    const end = text.indexOf(character, at)
    if (end === -1) return text.length
    if (backslashes) {
      let slashes = 0
      while (text.charCodeAt(end - 1 - slashes) === 92) slashes++
      if (slashes % 2 === 1) {
        at = end + 1
        continue
      }
    }
    if (text.charCodeAt(end + 1) !== mark) return end + 1
    at = end + 2
  }
}

function skipDollarQuoted(text: string, from: number): number {
  // A dollar inside a name (`price$1`) opens nothing.
  if (from > 0 && /[\w$\u0080-\uffff]/.test(text.charAt(from - 1))) return from + 1
  const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(text.slice(from, from + 80))?.[0]
  if (tag === undefined) return from + 1
  const end = text.indexOf(tag, from + tag.length)
  return end === -1 ? text.length : end + tag.length
}
