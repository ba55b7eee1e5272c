import { readFileSync } from 'node:fs'
import { openPool } from '@steward/postgres'
const pool = openPool({ host: '/tmp', port: 5515, user: 'postgres', database: 'e2', max: 1 })
const ops = `LEFT JOIN LATERAL (
    SELECT operation.* FROM steward.operation
     WHERE operation.id = change.operation_id
       AND (operation.xid = change.xid OR (change.xid IS NULL AND operation.imported))
       AND operation.at >= change.at - interval '1 day' AND operation.at <= change.at + interval '1 minute'
     LIMIT 1) AS operation ON true`
const ops2 = ops.replace("(operation.xid = change.xid OR (change.xid IS NULL AND operation.imported))", "operation.xid = change.xid")
const key = "(SELECT change.* FROM steward.change WHERE change.relation_id=$1 AND change.key=$2 AND change.id < $3 ORDER BY change.id DESC LIMIT $4)"
const prev = key.replace('change.key=$2', 'change.previous_key=$2')
const turn = key.replace('change.id <', 'change.previous_key IS NOT NULL AND change.id <').replace('$4', '1')
const f = "change.id, to_char(change.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS at, change.xid, change.operation_id, change.key, change.before, change.after, to_json(change.literal_nulls)::text"
const g = "to_char(operation.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') AS oat, operation.actor_type, operation.actor_id, operation.actor_name, operation.procedure, operation.params, operation.reason, operation.source, operation.request_id"
const qs: Record<string, string> = {
  select1: 'select $1::int,$2::text,$3::bigint,$4::int', key, prev, 'key+prev': `${key} UNION ALL ${prev}`,
  'key+ops': `WITH change AS MATERIALIZED ${key} SELECT ${f}, ${g} FROM change ${ops} ORDER BY change.id DESC`,
  'key+ops2': `WITH change AS MATERIALIZED ${key} SELECT ${f}, ${g} FROM change ${ops2} ORDER BY change.id DESC`,
  all: readFileSync('/tmp/q-steward_history.sql', 'utf8'),
}
for (const [name, text] of Object.entries(qs)) {
  const spans: number[] = []
  for (let n = 0; n < 400; n++) {
    const b = performance.now()
    await pool.query({ name, text, values: [1, String(77 + n * 31), '9223372036854775807', 50] })
    if (n > 20) spans.push(performance.now() - b)
  }
  spans.sort((a, b) => a - b)
  console.log(name.padEnd(12), spans[0]!.toFixed(3), spans[spans.length >> 2]!.toFixed(3), spans[spans.length >> 1]!.toFixed(3))
}
await pool.end()
