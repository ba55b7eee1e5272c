import { openPool } from '@steward/postgres'
import { searchOperations } from './capabilities/trail/src/read/operations.ts'
const pool = openPool({ host: '/tmp', port: 5515, user: 'postgres', database: 'e2', max: 1 })
const q = { query: async (s: any) => { const b = performance.now(); const r = await pool.query(s); console.log(s.name ?? 'page', s.values?.slice(0, 4), r.rows.length, (performance.now() - b).toFixed(1));
 if (!s.name) { const e = await pool.query({ ...s, text: 'explain (analyze, buffers, timing off) ' + s.text }); const t = e.rows.map((x: any) => x['QUERY PLAN']).filter((l: string) => !/never executed/.test(l)); console.log(t.slice(0, 3).join('\n'), t.slice(-12).join('\n')) ; if (process.env.FULL) console.log(t.join('\n')) } return r } }
await searchOperations(q as never, JSON.parse(process.argv[2] ?? '{}'))
await pool.end()
