// The command itself, as a child process: what it prints where, and its exit codes.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

type Outcome = { code: number; out: string; error: string }

function bench(...words: string[]): Promise<Outcome> {
  const file = fileURLToPath(new URL('main.ts', import.meta.url))
  return new Promise((resolve) => {
    execFile(process.execPath, ['--conditions=source', file, ...words], (failure, out, error) => {
      resolve({ code: failure ? Number(failure.code) : 0, out, error })
    })
  })
}

test('without a name the benchmarks and their parts are listed', async () => {
  const { code, out } = await bench()
  expect(code).toBe(0)
  expect(out).toMatch(/^trail /m)
  expect(out).toMatch(/^ {2}trail\.bulk /m)
})

test('the help teaches how to read a figure', async () => {
  const { code, out } = await bench('--help')
  expect(code).toBe(0)
  expect(out).toContain('floor')
  expect(out).toContain('--quick')
})

test('a name that nobody knows is wrong usage, with the name that was meant', async () => {
  const { code, out, error } = await bench('trial', '--json')
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(error).toContain('Did you mean trail')
})

test('an option that nobody knows is wrong usage', async () => {
  expect(await bench('trail', '--fast')).toMatchObject({ code: 2, error: expect.stringContaining('--fast') })
})
