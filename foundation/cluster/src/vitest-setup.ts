// One PostgreSQL for a whole test run: files run in separate workers and ask here, the first question starts it.
import { createServer } from 'node:http'
import { addressVariable, startTestServer, type TestServer } from './test-server.ts'

let server: Promise<TestServer> | undefined
let close: (() => void) | undefined

export async function setup(): Promise<void> {
  const answers = createServer(async (_request, response) => {
    try {
      server ??= startTestServer()
      const { url, shared } = await server
      response.end(JSON.stringify({ url, shared }))
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

export async function teardown(): Promise<void> {
  close?.()
  await server?.then(
    (running) => running.stop(),
    () => undefined,
  )
}
