// A transaction in the hands of code that may think that it is its own: it stays open, and checked out, whatever that does.
import type { Transaction } from '@steward/postgres'
import { engineErrors } from './errors.ts'

/**
 * The same transaction, which can neither be ended nor given back: a COMMIT in the middle would make a dry run real. What
 * would end it is refused; `release` does nothing. Savepoints work as ever.
 *
 * @throws ENGINE_TRANSACTION_KEPT when a statement would end it
 * @example
 * await run({ transaction: keepOpen(transaction) })
 */
export function keepOpen(transaction: Transaction): Transaction {
  return new Proxy(transaction, {
    get(target, name) {
      if (name === 'release' || name === 'end') return () => undefined
      const value: unknown = Reflect.get(target, name, target)
      if (typeof value !== 'function') return value
      if (name !== 'query') return value.bind(target)
      return (...given: unknown[]) => {
        const ending = endingOf(given[0])
        // Who waits for a promise gets a rejected one, as from any statement that fails.
        if (ending !== null) return Promise.reject(engineErrors.TRANSACTION_KEPT({ statement: ending }))
        return Reflect.apply(value, target, given)
      }
    },
  })
}

const endings =
  /(?:^|;)\s*(begin(?!\s+atomic)|start\s+transaction|commit|end|abort|prepare\s+transaction|rollback(?!\s+(?:work\s+|transaction\s+)?to\b))\b/i

// Texts, quoted names, bodies of functions and comments may hold any word.
const quoted =
  /\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\//g

function endingOf(asked: unknown): string | null {
  const text = typeof asked === 'string' ? asked : (asked as { text?: unknown } | null)?.text
  if (typeof text !== 'string') return null
  // Nearly every statement is told by its first glance.
  if (!/begin|start|commit|end|abort|prepare|rollback/i.test(text)) return null
  return endings.exec(text.replaceAll(quoted, ' '))?.[1]?.toUpperCase() ?? null
}
