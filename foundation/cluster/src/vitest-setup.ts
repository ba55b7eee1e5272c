// One PostgreSQL for a whole test run: files run in separate workers and ask here, the first question starts it.
import { createServer } from 'node:http'
import { isStewardError } from '@steward/base'
import { addressVariable, startTestServer, type TestServer } from './test-server.ts'

let server: Promise<TestServer> | undefined
let close: (() => void) | undefined

/** Vitest calls it before the first worker starts; no server is started yet. */
export async function setup(): Promise<void> {
  const answers = createServer((_request, response) => {
    server ??= startTestServer()
    server.then(
      ({ url }) => response.end(JSON.stringify({ url })),
      (error: unknown) => response.writeHead(500).end(describe(error)),
    )
  })
  await new Promise<void>((resolve) => answers.listen(0, '127.0.0.1', resolve))
  close = () => answers.close()
  // Workers inherit the environment.
  process.env[addressVariable] = `http://127.0.0.1:${(answers.address() as { port: number }).port}/`
}

/** Vitest calls it after the last worker has ended. */
export async function teardown(): Promise<void> {
  close?.()
  await server?.then(
    (running) => running.stop(),
    () => undefined,
  )
}

function describe(error: unknown): string {
  return isStewardError(error) ? [error.message, error.details, error.hint].filter(Boolean).join(' ') : String(error)
}
