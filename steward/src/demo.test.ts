// What a newcomer sees first: `npm start` tells its story to the end, also on a folder that is there already.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const demo = fileURLToPath(new URL('./demo.ts', import.meta.url))
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-demo-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function start(): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...process.env, NO_COLOR: '1' } }
    const child = execFile(process.execPath, ['--conditions=source', demo], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}

test('the demo finds the culprit, takes it back, and ends; a second start goes on with the next orders', async () => {
  const first = await start()
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' })
  expect(first.stdout).toContain('Orders 1042, 1043, 1044 were placed')
  expect(first.stdout).toMatch(/orders\.cancelStale[\s\S]*status +paid → cancelled/)
  expect(first.stdout).toContain('Dry run: nothing was changed.')
  expect(first.stdout).toMatch(/trail\.revert[\s\S]*status +cancelled → paid[\s\S]*$/)

  const second = await start()
  expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' })
  expect(second.stdout).toContain('Orders 1045, 1046, 1047 were placed')
})
