// `steward serve` over a shop, as its users start it: the program in a process of its own, with an office and keys.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Database } from '../server.ts'

/** A server that answers at a port of this machine. */
export type Served = { port: number; pid: number; end: () => Promise<void> }

const program = fileURLToPath(new URL('../bin/steward.js', import.meta.resolve('steward')))

/** Makes a key in the office and gives its secret. */
export async function createKey(office: Database, role: string): Promise<string> {
  const words = [program, 'access', 'key', 'create', 'bench', '--role', role, '--json']
  const { stdout } = await promisify(execFile)(process.execPath, words, { env: environmentOf(office, office) })
  return (JSON.parse(stdout) as { secret: string }).secret
}

/** Serves until it is ended. Its log is written and read, as a supervisor would. */
export async function serveShop(shop: Database, office: Database): Promise<Served> {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--json-logs'], {
    env: environmentOf(shop, office),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<number>((resolve, reject) => {
    let said = ''
    const hear = (text: Buffer) => {
      said += text.toString()
      const found = /Listening at http:\/\/[^:"]+:(\d+)/.exec(said)?.[1]
      if (found === undefined) return
      child.stdout.off('data', hear)
      resolve(Number(found))
    }
    child.stdout.on('data', hear)
    child.once('exit', (code) => reject(new Error(`steward serve ended with ${code}: ${said}`)))
  })
  child.stdout.resume()
  return {
    port,
    pid: child.pid as number,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

function environmentOf(shop: Database, office: Database): NodeJS.ProcessEnv {
  const { STEWARD_API_KEY: _shared, ...env } = process.env
  return { ...env, DATABASE_URL: shop.url, STEWARD_DATABASE_URL: office.url, STEWARD_ACTOR: 'bench', NO_COLOR: '1' }
}
