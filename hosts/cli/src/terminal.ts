// The terminal that a command runs on: where it writes, whom it can ask.
import { createInterface } from 'node:readline/promises'
import { type Paper, paperOf } from './show/paper.ts'

/**
 * Where a command writes and reads.
 *
 * @example
 * const terminal: Terminal = processTerminal()
 */
export type Terminal = {
  out: Paper
  error: Paper
  print: (text: string) => Promise<void>
  complain: (text: string) => Promise<void>
  /** Asks the person at the terminal, or answers null when there is nobody to ask. */
  ask: (question: string) => Promise<boolean | null>
}

/**
 * The terminal of this process. A reader that goes away (`steward … | head`) ends the writing without a noise.
 *
 * @example
 * await processTerminal().print('done\n')
 */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  return {
    out: paperOf(process.stdout),
    error: paperOf(process.stderr),
    print: (text) => write(process.stdout, text),
    complain: (text) => write(process.stderr, text),
    ask: askPerson,
  }
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  if (text === '' || stream.destroyed) return Promise.resolve()
  // The callback comes with or without an error; an error has had its listener.
  return new Promise((resolve) => stream.write(text, () => resolve()))
}

async function askPerson(question: string): Promise<boolean | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null
  const line = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C and Ctrl-D at a question are a no.
  const gone = new Promise<string>((resolve) => line.once('close', () => resolve('')))
  const answer = await Promise.race([line.question(`${question} [y/N] `), gone])
  line.close()
  return /^y(es)?$/i.test(answer.trim())
}
