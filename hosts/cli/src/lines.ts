// A file, or standard input, as lines: what a procedure receives for an input field that is a file.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { cliErrors } from './errors.ts'

/**
 * The lines of a file, read as they are asked for; `-` is standard input. In the trail it stands as the file's name.
 *
 * @throws CLI_FILE_UNREADABLE at once, when the file cannot be opened.
 * @example
 * for await (const line of await linesOf('history.ndjson')) console.log(line)
 */
export async function linesOf(file: string): Promise<AsyncIterable<string> & { toJSON: () => string }> {
  if (file !== '-') await demandReadable(file)
  return {
    async *[Symbol.asyncIterator]() {
      yield* createInterface({
        input: file === '-' ? process.stdin : createReadStream(file),
        crlfDelay: Number.POSITIVE_INFINITY,
      })
    },
    toJSON: () => file,
  }
}

async function demandReadable(file: string): Promise<void> {
  try {
    const handle = await open(file)
    try {
      if ((await handle.stat()).isDirectory()) throw new Error('It is a folder.')
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw cliErrors.FILE_UNREADABLE(
      { file, problem: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    )
  }
}
