import { startCluster } from '@steward/cluster'
import { openPool } from '@steward/postgres'
import { reachableBinaries, unprivilegedUser } from './unprivileged-user.ts'
const h = '/root/hidden/linux-x64/native'
console.time('copy')
console.log(
  await reachableBinaries(
    { initdb: h + '/bin/initdb', postgres: h + '/bin/postgres', home: h },
    await unprivilegedUser(),
  ),
)
console.timeEnd('copy')
console.time('copy')
await reachableBinaries({ initdb: h + '/bin/initdb', postgres: h + '/bin/postgres', home: h }, await unprivilegedUser())
console.timeEnd('copy')
for (const version of [18, 14, 'system'] as const) {
  const folder = `/root/hidden/data-${version}`
  let c = await startCluster({ version, folder, settings: { fsync: 'off' } })
  const p = openPool(c.url)
  await p.query('create table t(a int)')
  await p.query('insert into t values (1)')
  await p.end()
  await c.stop({ mode: 'immediate' })
  console.time('again')
  c = await startCluster({ version, folder })
  console.timeEnd('again')
  const q = openPool(c.url)
  console.log((await q.query('select a, current_setting($1) d from t', ['data_directory'])).rows)
  await q.end()
  await c.stop()
}
