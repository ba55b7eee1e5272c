// The first port from a wished one on at which nobody listens.
import { createServer } from 'node:net'

const tries = 50

/** Of this machine's own address; 0 is any port, and stays 0. */
export async function findFreePort(wished: number): Promise<number> {
  if (wished === 0) return 0
  for (let port = wished; port < Math.min(wished + tries, 65_536); port++) if (await isFree(port)) return port
  throw new Error(`From port ${wished} on, ${tries} ports are taken: choose another with --port.`)
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
