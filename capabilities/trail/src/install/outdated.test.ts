// A trail that is older than what asks it: it is said, with the command that mends it.
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { testDatabase } from '@steward/cluster'
import { migrate } from '@steward/postgres'
import { expect, it } from 'vitest'
import { readOperation } from '../read/operation.ts'
import { examine } from './doctor.ts'
import { install, trailLedger } from './install.ts'
import { isOutdated, newestMigration, trailMigrations } from './newest-migration.ts'

it('an older trail is told from one that is missing, by readers and the doctor, until it is installed anew', async () => {
  const { pool, drop } = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'steward-older-'))
  try {
    for (const name of (await readdir(trailMigrations)).filter((name) => name < '0011')) {
      await cp(new URL(name, trailMigrations), join(folder, name))
    }
    await migrate(pool, { folder: pathToFileURL(`${folder}/`), ledger: trailLedger })
    await pool.query('CREATE TABLE orders (id int PRIMARY KEY)')
    await pool.query("SELECT steward.track('orders'::regclass)")
    await pool.query('INSERT INTO orders VALUES (1)')
    const { rows } = await pool.query<{ id: string }>('SELECT id::text AS id FROM steward.operation')
    const asked = { id: rows[0]?.id ?? '' }

    expect(await isOutdated(pool)).toBe(true)
    await expect(readOperation(pool, asked)).rejects.toMatchObject({
      code: 'TRAIL_OUTDATED',
      hint: 'Bring it up to date with: steward trail install',
    })
    const { healthy, findings } = await examine(pool)
    expect(healthy).toBe(false)
    expect(findings).toContainEqual(
      expect.objectContaining({
        kind: 'outdated',
        message: expect.stringContaining(`not at ${await newestMigration()}`),
        hint: 'steward trail install',
      }),
    )

    await install(pool)
    expect(await isOutdated(pool)).toBe(false)
    expect((await readOperation(pool, asked)).changes).toHaveLength(1)
    expect((await examine(pool)).findings.map(({ kind }) => kind)).not.toContain('outdated')
  } finally {
    await rm(folder, { recursive: true })
    await drop()
  }
})
