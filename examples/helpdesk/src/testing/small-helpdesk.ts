// Two workspaces with a few people, under the trail: what the tests of the service begin with.
import { createHash } from 'node:crypto'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail } from '@steward/trail'
import { Client } from 'pg'
import { createSchema } from '../database/create-schema.ts'

const sha256 = (token: string) => createHash('sha256').update(token).digest('hex')

/** The workspaces. */
export const workspaces = {
  acme: '00000000-0000-4000-8000-000000000001',
  other: '00000000-0000-4000-8000-000000000002',
} as const

/** Tokens of members: an admin and an agent of Acme, an admin of another workspace. */
export const tokens = { hana: 'token-of-hana', jiwoo: 'token-of-jiwoo', mia: 'token-of-mia' } as const

/** A database of its own. */
export function smallHelpdesk(name: string): Promise<TestDatabase> {
  return testDatabase({ name, key: 'helpdesk', template: fill })
}

async function fill(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await createSchema(client)
  await client.query(
    `INSERT INTO workspaces (id, name, slug) VALUES ('${workspaces.acme}', '에이크미', 'acme'), ('${workspaces.other}', 'Other', 'other');
     INSERT INTO subscriptions (workspace_id, plan, state, seats, price_per_seat, renews_on) VALUES
       ('${workspaces.acme}', 'team', 'active', 5, 19900, '2030-01-01'), ('${workspaces.other}', 'starter', 'active', 2, 9900, '2030-01-01');
     INSERT INTO members (id, workspace_id, name, email, role, token_hash) VALUES
       (1, '${workspaces.acme}', '김하나', 'hana@acme.example', 'admin', '${sha256(tokens.hana)}'),
       (2, '${workspaces.acme}', '이지우', 'jiwoo@acme.example', 'agent', '${sha256(tokens.jiwoo)}'),
       (3, '${workspaces.other}', 'Mia', 'mia@other.example', 'admin', '${sha256(tokens.mia)}');
     INSERT INTO customers (id, workspace_id, company, name, email, internal_note) VALUES
       (11, '${workspaces.acme}', '한빛상사', '박민준', 'minjun@hanbit.example', 'pays late'),
       (12, '${workspaces.acme}', '(주)한빛상사', '박민준', 'mj@hanbit.example', NULL),
       (13, '${workspaces.other}', 'Blue Harbor', 'Emma Clark', 'emma@blue.example', NULL)`,
  )
  await client.end()
  const trail = openTrail({ connectionString: url })
  await trail.install()
  await trail.track({ all: true, schema: 'public' })
  await trail.close()
}
