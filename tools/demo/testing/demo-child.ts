// `npm start` as a child process, for tests of what people see and of what is left behind.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../main.ts', import.meta.url))

/** A start: `said` is all that it has printed so far, on both channels. */
export type DemoChild = {
  said(): string
  /** Waits until something of this shape was printed; answers with its first group. */
  says(pattern: RegExp): Promise<string>
  end(signal?: NodeJS.Signals): Promise<number | null>
  exit: Promise<number | null>
}

/** Starts it in a folder of its own; nothing of the environment points at a database unless given. */
export function startChild(
  folder: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): DemoChild {
  const { DATABASE_URL: _service, STEWARD_DATABASE_URL: _office, STEWARD_API_KEY: _key, ...around } = process.env
  const child: ChildProcess = spawn(process.execPath, ['--conditions=source', program, ...words], {
    cwd: folder,
    env: { ...around, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const exit = once(child, 'close').then(() => child.exitCode)
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      for (const listener of listeners) listener()
    })
  }
  return {
    said: () => said,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said)
          if (found === null) return
          listeners.delete(look)
          resolve(found[1] ?? found[0])
        }
        listeners.add(look)
        void exit.then((code) => reject(new Error(`ended with ${code} before it said ${pattern}:\n${said}`)))
        look()
      }),
    exit,
    end: async (signal = 'SIGINT') => {
      child.kill(signal)
      return exit
    },
  }
}
