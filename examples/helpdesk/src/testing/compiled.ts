// Compiles the service as it is compiled before it starts, and starts what came out, each as a process of its own.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, rmdir, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'

const folder = join(import.meta.dirname, '..', '..')
const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

/** Compiles into dist, as `npm run build` does; one at a time, so that nobody starts what is half written. */
export async function compileHelpdesk(): Promise<void> {
  await waitForTurn(Date.now() + 120_000)
  try {
    await promisify(execFile)(process.execPath, [compiler, '-b'], { cwd: folder })
  } finally {
    await rmdir(turn)
  }
}

const turn = join(tmpdir(), `helpdesk-compiles-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`)

async function waitForTurn(patientUntil: number): Promise<void> {
  for (;;) {
    try {
      await mkdir(turn)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      // Whoever took the turn and was killed does not give it back.
      const { mtimeMs } = await stat(turn).catch(() => ({ mtimeMs: Date.now() }))
      if (Date.now() - mtimeMs > 60_000) await rmdir(turn).catch(() => undefined)
      if (Date.now() > patientUntil) throw error
      await wait(100)
    }
  }
}

/** A program of dist with its environment; its standard output is a pipe. */
export function startCompiled(program: string, values: string[], environment: Record<string, string>): ChildProcess {
  return spawn(process.execPath, ['--conditions=source', join(folder, 'dist', program), ...values], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** What a program writes until it ends. Fails where it ends with another code than 0. */
export async function outputOf(child: ChildProcess): Promise<string> {
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`It ended with ${code}: ${output.slice(-2000)}`)
  return output
}

/** Starts the service; answers with its address when it listens. */
export async function startHelpdesk(databaseUrl: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const keys = { PORTAL_KEY: 'portal-key', MAIL_KEY: 'mail-key', PAYMENTS_KEY: 'payments-key' }
  const child = startCompiled('main.js', [], { DATABASE_URL: databaseUrl, PORT: '0', ...keys })
  const ended = once(child, 'close')
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const [, found] = /listens on (\S+)/.exec(said) ?? []
      if (found !== undefined) resolve(found)
    })
    void ended.then(() => reject(new Error(`The helpdesk did not start: ${said}`)))
  })
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
