// What stands behind `npm start --`: the port, and whether the demo begins anew.
import { parseArgs } from 'node:util'

/** How the demo is started. */
export type DemoOptions = {
  port: number
  /** Throws away what is there. */
  isReset: boolean
  /** How much of the example's ninety days is filled: 1 is all of it. */
  scale: number
}

const defaultPort = 4848

export const usage = `Steward with sample data, on a PostgreSQL of its own:

  npm start                      the example, a helpdesk with ninety days behind it
  npm start -- --port 5000       another port than ${defaultPort} (PORT does the same); the next free one if it is taken
  npm start -- --reset           throws away what is there and fills it anew
  DATABASE_URL=… npm start       serves your own database instead, and changes nothing in it

Everything lies in .steward/demo of the folder where you start it.`

/** Null when only help is asked for. */
export function readOptions(words: readonly string[], environment: NodeJS.ProcessEnv): DemoOptions | null {
  const { values } = parseArgs({
    args: [...words],
    options: {
      port: { type: 'string' },
      reset: { type: 'boolean' },
      scale: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return null
  return {
    port: numberIn(values.port ?? environment['PORT'] ?? String(defaultPort), '--port', [0, 65_535]),
    isReset: values.reset === true,
    scale: numberIn(values.scale ?? '1', '--scale', [0, 1]),
  }
}

function numberIn(text: string, name: string, [least, most]: readonly [number, number]): number {
  const value = Number(text)
  const isWhole = name !== '--port' || Number.isInteger(value)
  if (text.trim() !== '' && isWhole && value >= least && value <= most) return value
  throw new Error(`${name} takes a number from ${least} to ${most}, and not "${text}".`)
}
