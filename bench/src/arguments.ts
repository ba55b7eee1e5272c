// What was asked for on the command line.
import { parseArgs } from 'node:util'

import type { Companion } from './benchmark.ts'

export type Request =
  | { want: 'help' }
  | { want: 'list' }
  | { want: 'run'; name: string; isJson: boolean; isQuick: boolean; with: Companion[] }
  | { want: 'nothing'; because: string }

/** Reads the words behind `npm run bench --`. */
export function readArguments(words: readonly string[]): Request {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        list: { type: 'boolean' },
        json: { type: 'boolean' },
        quick: { type: 'boolean' },
        with: { type: 'string', multiple: true },
      },
    })
    const [name, ...more] = positionals
    if (values.help) return { want: 'help' }
    if (more.length > 0)
      return { want: 'nothing', because: `One benchmark at a time: "${name}", and not "${more[0]}" too.` }
    if (values.list || name === undefined) return { want: 'list' }
    const companions = values.with ?? []
    const stranger = companions.find((each) => !isCompanion(each))
    if (stranger !== undefined)
      return { want: 'nothing', because: `Nothing called "${stranger}" can be added; there is: nest.` }
    const isQuick = values.quick ?? false
    return { want: 'run', name, isJson: values.json ?? false, isQuick, with: companions.filter(isCompanion) }
  } catch (error) {
    return { want: 'nothing', because: (error as Error).message.split('. ')[0] as string }
  }
}

function isCompanion(name: string): name is Companion {
  return name === 'nest'
}
