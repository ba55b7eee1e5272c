// `steward serve` as a child process, for tests of what it survives.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('../../bin/steward.js', import.meta.url))

/** What serves: `url` is where the entities are. */
export type ServingChild = { url: string; end: (signal: NodeJS.Signals) => Promise<number | null> }

/** Serves a database, its own office beside it, as the person `kim`; answers once it says where. */
export async function serveChild(databaseUrl: string): Promise<ServingChild> {
  const { STEWARD_API_KEY: _key, ...around } = process.env
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
    env: {
      ...around,
      DATABASE_URL: databaseUrl,
      STEWARD_DATABASE_URL: databaseUrl,
      STEWARD_ACTOR: 'kim',
      NO_COLOR: '1',
    },
  })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      said += text.toString()
      const [, address] = /Steward serves .* at (http:\S+)\n[\s\S]*Ctrl-C/.exec(said) ?? []
      if (address !== undefined) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  })
  return { url, end: (signal) => endChild(child, signal) }
}

async function endChild(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
  return child.exitCode
}
