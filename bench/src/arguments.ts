// What was asked for on the command line.
import { parseArgs } from 'node:util'

export type Request =
  | { want: 'help' }
  | { want: 'list' }
  | { want: 'run'; name: string; isJson: boolean; isQuick: boolean }
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
      },
    })
    const [name, ...more] = positionals
    if (values.help) return { want: 'help' }
    if (more.length > 0)
      return { want: 'nothing', because: `One benchmark at a time: "${name}", and not "${more[0]}" too.` }
    if (values.list || name === undefined) return { want: 'list' }
    return { want: 'run', name, isJson: values.json ?? false, isQuick: values.quick ?? false }
  } catch (error) {
    return { want: 'nothing', because: (error as Error).message.split('. ')[0] as string }
  }
}
