import { testDatabase } from '@steward/cluster'
import { expect, test } from 'vitest'
import { readCatalog } from './catalog.ts'
test('a', async () => {
  const d = await testDatabase()
  await d.pool.query(
    `do $$ begin for i in 1..500 loop execute format('create table t%s (id bigint primary key, a text not null default %L, b numeric(10,2)[], c int references t%s, e timestamptz default now(), f jsonb, g int, h int, unique (a, h))', i, 'x', case when i=1 then 1 else i-1 end); end loop; end $$`,
  )
  for (let i = 0; i < 4; i++) {
    console.time('c')
    const c = await readCatalog(d.pool)
    console.timeEnd('c')
    if (!i) console.log(JSON.stringify(c.relations[3], null, 1))
  }
  await d.drop()
})
