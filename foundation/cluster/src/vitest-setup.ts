// One PostgreSQL for a whole test run: files run in separate workers and ask here, the first question starts it.
import { createServer } from 'node:http'
import { addressVariable, startTestServer, type TestServer } from './test-server.ts'

let server: Promise<TestServer> | undefined
let close: (() => void) | undefined

/** Vitest calls it before the first worker starts; no server is started yet. */
export async function setup(): Promise<void> {
  const answers = createServer(async (_request, response) => {
    try {
      server ??= startTestServer()
      const { url } = await server
      response.end(JSON.stringify({ url }))
    } catch (error) {
      response
        .writeHead(500)
        .end(error instanceof Error ? `${error.message} ${'details' in error ? error.details : ''}` : String(error))
    }
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
