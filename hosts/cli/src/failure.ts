// How a command that did not succeed tells it: the error's four fields on stderr, and an exit code.
import { type ErrorBody, isStewardError, printJson, type StewardError } from '@steward/base'
import { translatePostgresError } from '@steward/postgres'
import type { CommanderError } from 'commander'
import { cliErrors } from './errors.ts'
import type { Paper } from './show/paper.ts'

/** 1: refused or failed. 2: wrong usage, which the same words can never make right. */
export type FailureCode = 1 | 2

const wrongUsage = new Set([
  'CLI_USAGE',
  'CLI_DATABASE_URL_MISSING',
  'CLI_DATABASE_URL_INVALID',
  'CLI_ACTOR_INVALID',
  'ENGINE_INPUT_INVALID',
  'ENGINE_REASON_REQUIRED',
  'ENGINE_CONFIRMATION_REQUIRED',
])

/**
 * Brings whatever was thrown into the shape that people meet everywhere.
 *
 * @example
 * describeFailure(new Error('connect ECONNREFUSED')).code // 'CLI_UNEXPECTED'
 */
export function describeFailure(error: unknown): ErrorBody {
  const translated = translatePostgresError(error)
  if (isStewardError(translated)) return translated.toJSON()
  return cliErrors.UNEXPECTED({ problem: problemOf(error) }).toJSON()
}

/**
 * The exit code of a failure.
 *
 * @example
 * exitCodeOf(describeFailure(error)) // 2 for wrong usage
 */
export function exitCodeOf({ code }: ErrorBody): FailureCode {
  return wrongUsage.has(code) ? 2 : 1
}

/**
 * A failure as it is printed on stderr: JSON for programs, sentences for people.
 *
 * @example
 * process.stderr.write(printFailure(describeFailure(error), { isJson: false, paper }))
 */
export function printFailure(failure: ErrorBody, { isJson, paper }: { isJson: boolean; paper: Paper }): string {
  if (isJson) return `${printJson(failure)}\n`
  const lines = [`${paper.paint('red', '✗')} ${failure.message}`]
  if (failure.details !== null && failure.details !== '') {
    for (const line of failure.details.split('\n')) lines.push(`  ${line}`)
  }
  if (failure.hint !== null && failure.hint !== '') lines.push(`  ${paper.paint('cyan', '→')} ${failure.hint}`)
  lines.push(paper.paint('dim', `  ${failure.code}`))
  return `${lines.join('\n')}\n`
}

/**
 * Wrong usage in our own words. commander says "error: unknown command 'histroy'\n(Did you mean history?)".
 *
 * @example
 * throw usageFailure(error, 'steward trail')
 */
export function usageFailure({ message }: CommanderError, words: string): StewardError {
  const [problem = '', suggestion = ''] = message.replace(/^error: /, '').split('\n')
  const sentence = `${problem.charAt(0).toUpperCase()}${problem.slice(1)}`.replace(/([^.?!])$/, '$1.')
  const hint = suggestion === '' ? `See what it takes with: ${words} --help` : suggestion.replace(/^\((.*)\)$/, '$1')
  return cliErrors.USAGE({ problem: sentence, hint })
}

function problemOf(error: unknown): string {
  // Node connects to all addresses of a host and throws an aggregate without a message of its own.
  if (error instanceof AggregateError && error.errors.length > 0) return problemOf(error.errors[0])
  return error instanceof Error && error.message !== '' ? error.message : String(error)
}
