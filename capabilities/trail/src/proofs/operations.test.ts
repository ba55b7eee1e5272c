// Whatever a session says about itself, its changes find their operation, and nothing that it says makes a write fail.
import { timeOrderedId } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import { inTransaction } from '@steward/postgres'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { encodeContext, escapeLiteral } from '../context/wire.ts'
import { retrace } from '../fixtures/retrace.ts'
import { examine } from '../install/doctor.ts'
import { trailDatabase } from '../testing/trail-database.ts'

const runs = process.env.STEWARD_SCALE === 'full' ? 1000 : 40

let database: TestDatabase
const run = (sql: string) => database.pool.query(sql)

beforeAll(async () => {
  database = await trailDatabase({ setup: 'CREATE TABLE item (id int PRIMARY KEY, n int DEFAULT 0)', track: ['item'] })
})
afterAll(() => database?.drop())
beforeEach(() =>
  run(
    'DELETE FROM item; DELETE FROM steward.change; DELETE FROM steward.operation; INSERT INTO item VALUES (1); DELETE FROM steward.change; DELETE FROM steward.operation',
  ),
)

const parts = async () =>
  (
    await run(`
      SELECT id::text, parent_id::text AS "parentId", actor_type AS "actorType", actor_id AS "actorId", procedure, source, reason, params,
             (SELECT count(*)::int FROM steward.change WHERE operation_id = operation.id AND change.xid = operation.xid) AS changes
        FROM steward.operation ORDER BY at`)
  ).rows
const counts = async () => (await parts()).map(({ procedure, changes }) => `${procedure} ${changes}`)
const withContext = (context: string, ...sentences: string[]) =>
  inTransaction(database.pool, {}, async (transaction) => {
    await transaction.query(`SET LOCAL steward.context = ${escapeLiteral(context)}`)
    for (const sentence of sentences) await transaction.query(sentence)
  })
const update = 'UPDATE item SET n = n + 1'

describe('a context', () => {
  it('gives its operation to the changes of the transaction, once', async () => {
    const id = timeOrderedId()
    const context = encodeContext(
      {
        id,
        actor: { type: 'user', id: '7', name: 'Kim' },
        procedure: 'orders.refund',
        params: '{"order":42}',
        reason: 'because',
        source: 'http',
      },
      '',
    )
    await withContext(context, update, update, update)
    expect(await parts()).toEqual([
      {
        id,
        parentId: null,
        actorType: 'user',
        actorId: '7',
        procedure: 'orders.refund',
        source: 'http',
        reason: 'because',
        params: '{"order":42}',
        changes: 3,
      },
    ])
  })

  it('writes the parents whenever a child is written, and gives changes to the innermost', async () => {
    const [outer, inner] = [timeOrderedId(), timeOrderedId()]
    const parent = encodeContext({ id: outer, procedure: 'outer' }, '')
    const child = encodeContext({ id: inner, parentId: outer, procedure: 'inner' }, parent)
    await withContext(child, update)
    expect((await counts()).sort()).toEqual(['inner 1', 'outer 0'])
    await run('DELETE FROM steward.change; DELETE FROM steward.operation')
    await withContext(
      parent,
      update,
      `SET LOCAL steward.context = ${escapeLiteral(child)}`,
      update,
      update,
      `SET LOCAL steward.context = ${escapeLiteral(parent)}`,
      update,
    )
    expect((await counts()).sort()).toEqual(['inner 2', 'outer 2'])
  })

  it('has a part in each transaction of the operation, also after a savepoint took one back', async () => {
    const id = timeOrderedId()
    const context = encodeContext({ id, procedure: 'many' }, '')
    await withContext(context, update)
    await withContext(context, 'SAVEPOINT a', update, 'ROLLBACK TO a', update)
    await expect(withContext(context, update, 'SELECT 1/0')).rejects.toMatchObject({ code: '22012' })
    expect((await parts()).map(({ id, changes }) => [id, changes])).toEqual([
      [id, 1],
      [id, 1],
    ])
  })

  it('never makes two open transactions of one operation wait for each other', async () => {
    const id = timeOrderedId()
    const literal = escapeLiteral(encodeContext({ id, procedure: 'parallel' }, ''))
    await run('INSERT INTO item VALUES (2), (3)')
    const [one, two] = [await database.pool.connect(), await database.pool.connect()]
    try {
      for (const client of [one, two])
        await client.query(`BEGIN; SET LOCAL steward.context = ${literal}; SET LOCAL lock_timeout = '2s'`)
      await one.query(`${update} WHERE id = 2`)
      await two.query(`${update} WHERE id = 3`)
      await one.query(`SELECT steward.leave(${literal})`)
      await two.query(`SELECT steward.leave(${literal})`)
      await two.query('COMMIT')
      await one.query('COMMIT')
    } finally {
      one.release(true)
      two.release(true)
    }
    expect((await parts()).filter((part) => part.id === id).map(({ changes }) => changes)).toEqual([1, 1])
  })

  it.each([1, 3])(
    'does not make serializable transactions fail that have nothing in common: %i operations each',
    async (count) => {
      await run('INSERT INTO item SELECT generate_series(10, 40)')
      const work = (id: number) =>
        // by index, since reading the whole table would be a conflict of the service's own
        inTransaction(
          database.pool,
          { isolation: 'serializable', settings: { enable_seqscan: 'off' } },
          async (transaction) => {
            const outer = encodeContext({ id: timeOrderedId(), procedure: 'outer' }, '')
            for (let nested = 0; nested < count; nested++) {
              const context = nested === 0 ? outer : encodeContext({ id: timeOrderedId(), procedure: 'inner' }, outer)
              await transaction.query(`SET LOCAL steward.context = ${escapeLiteral(context)}`)
              await transaction.query(`${update} WHERE id = ${id}`)
            }
          },
        )
      const settled = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => work(10 + index)))
      expect(
        settled
          .filter(({ status }) => status === 'rejected')
          .map((one) => (one as PromiseRejectedResult).reason.message),
      ).toEqual([])
    },
  )
})

describe('a session without context', () => {
  it('is an operation of its own: source sql, the database user as actor', async () => {
    await run(update)
    expect(await parts()).toMatchObject([
      { actorType: 'service', actorId: 'postgres', procedure: 'sql', source: 'sql', changes: 1 },
    ])
  })

  it('carries who a person said they are, until they say otherwise; a context wins', async () => {
    const client = await database.pool.connect()
    try {
      await client.query(`SELECT steward.act_as('kim', 'TICKET-42: fix totals')`)
      await client.query(update)
      await client.query('BEGIN')
      await client.query(update)
      await client.query(`SELECT steward.act_as('lee')`)
      await client.query(update)
      await client.query('COMMIT')
      await client.query(
        `BEGIN; SET LOCAL steward.context = ${escapeLiteral(encodeContext({ id: timeOrderedId(), procedure: 'job', source: 'job' }, ''))}`,
      )
      await client.query(update)
      await client.query('COMMIT')
      await client.query('SELECT steward.act_as(NULL)')
      await client.query(update)
    } finally {
      client.release(true)
    }
    expect(
      (await parts()).map(({ actorType, actorId, reason, source }) => [actorType, actorId, reason, source]),
    ).toEqual([
      ['staff', 'kim', 'TICKET-42: fix totals', 'sql'],
      ['staff', 'kim', 'TICKET-42: fix totals', 'sql'],
      ['staff', 'lee', null, 'sql'],
      ['service', 'postgres', null, 'job'],
      ['service', 'postgres', null, 'sql'],
    ])
  })
})

describe('leave', () => {
  it('leaves an operation that changed nothing, and says of one that it failed', async () => {
    const id = timeOrderedId()
    const context = escapeLiteral(encodeContext({ id, procedure: 'reports.read' }, ''))
    await run(`SELECT steward.leave(${context}); SELECT steward.leave(${context}, 'failed', 'no paper')`)
    const { rows } = await run('SELECT id::text, outcome, error FROM steward.operation')
    expect(rows).toEqual([{ id, outcome: 'failed', error: 'no paper' }])
  })

  it('adds nothing to an operation that is there already', async () => {
    const context = encodeContext({ id: timeOrderedId(), procedure: 'orders.refund' }, '')
    await withContext(context, update, `SELECT steward.leave(${escapeLiteral(context)}, 'done')`, update)
    expect(await parts()).toMatchObject([{ procedure: 'orders.refund', changes: 2 }])
  })

  it('does nothing with what is no context', async () => {
    for (const context of ['NULL', `''`, `'nonsense'`, `'0199e0a0-0000-7000-8000-000000000001garbage'`])
      await run(`SELECT steward.leave(${context}, 'failed', 'x')`)
    expect(await parts()).toEqual([])
  })
})

describe('a context that is malformed or forged', () => {
  const id = '0199e0a0-0000-7000-8000-000000000001'
  const contexts: Record<string, string> = {
    nonsense: 'nonsense',
    'an id that is none': 'zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz\u001fx',
    'an id with dashes elsewhere': '0199e0a0-0000-7000-8000000-000000001',
    'an id in capitals': id.toUpperCase().replace('E', 'E'),
    'an id without fields': id,
    'an id that goes on': `${id}garbage\u001fuser`,
    'an id and half its fields': `${id}\u001f\u001fuser\u001f7`,
    'too many fields': `${id}${'\u001fx'.repeat(40)}`,
    'ids that are none in every place': `${id}\u001fnot-an-id\u001fmartian\u001f\u001f\u001f\u001fnot json{\u001f\u001f\u001f\u001f\u001fnot-an-id\u001fsigned`,
    'only separators': '\u001e\u001f\u001e\u001e\u001f',
    'an operation that is its own parent': `${id}\u001f${id}\u001fuser\u001f7\u001e${id}\u001f${id}\u001fuser\u001f7`,
    'a parent that is nonsense': `${id}\u001f\u001fuser\u001f7\u001enonsense\u001e\u001e`,
    'control characters': `${id}\u001f\u001fuser\u001f\u0001\u0002\u007f\u001f\u0085\u2028\uffff`,
    'a reason of ten megabytes': `${id}\u001f\u001fuser\u001f7\u001f\u001fp\u001f\u001f${'x'.repeat(10_000_000)}`,
    'a run and ids of a hundred kilobytes': `${id}\u001f\u001fuser\u001f${noise(100_000)}\u001f${noise(100_000)}\u001f${noise(100_000)}\u001f\u001f\u001f\u001f${noise(100_000)}\u001f${noise(100_000)}`,
    'a thousand parents': Array.from({ length: 1000 }, () => `${timeOrderedId()}\u001f\u001fuser\u001f7`).join(
      '\u001e',
    ),
    'SQL in every field': `${id}${`\u001f'); DROP TABLE item; --`.repeat(12)}`,
  }
  it.each(Object.entries(contexts))('never makes a write fail: %s', async (_name, context) => {
    await withContext(context, update, update)
    expect((await run('SELECT count(*)::int AS changes FROM steward.change')).rows).toEqual([{ changes: 2 }])
    expect((await examine(database.pool)).findings.filter(({ kind }) => kind === 'no-operation')).toEqual([])
  })

  it('never makes a write fail, whatever it is', async () => {
    const piece = fc.oneof(
      fc.constantFrom('\u001f', '\u001e', id, 'user', '', '-', '7'),
      fc.string({ unit: 'binary', maxLength: 60 }),
    )
    const context = fc
      .array(piece, { maxLength: 30 })
      .map((pieces) => pieces.join('').replaceAll('\u0000', '').toWellFormed())
    await fc.assert(
      fc.asyncProperty(fc.boolean(), context, async (withId, text) => {
        await withContext(withId ? id + text : text, update)
      }),
      { numRuns: runs },
    )
    expect((await examine(database.pool)).findings.filter(({ kind }) => kind === 'no-operation')).toEqual([])
    expect(await retraceAfterStart()).toEqual([])
  })

  it('cannot hide a change behind an operation that is not there: the doctor tells', async () => {
    const forged = '0199e0a0-0000-7000-8000-00000000dead'
    await inTransaction(database.pool, {}, (transaction) =>
      transaction.query(`SET LOCAL steward.session_part = '${forged}'; ${update}`),
    )
    const { rows } = await run(
      'SELECT operation_id::text AS operation, xid IS NOT NULL AS "hasTransaction" FROM steward.change',
    )
    expect(rows).toEqual([{ operation: forged, hasTransaction: true }])
    expect((await examine(database.pool)).findings.map(({ kind }) => kind)).toContain('no-operation')
  })

  it('does not borrow an operation of another transaction: that is told too', async () => {
    const context = encodeContext({ id, procedure: 'honest' }, '')
    await withContext(context, update)
    await inTransaction(database.pool, {}, (transaction) =>
      transaction.query(`SET LOCAL steward.part = '${id}'; SET LOCAL steward.context = '${id}'; ${update}`),
    )
    expect((await examine(database.pool)).findings.map(({ kind }) => kind)).toContain('no-operation')
  })
})

async function retraceAfterStart(): Promise<string[]> {
  // the first row was there before the trail was emptied
  const problems = await retrace(database.pool, 'item')
  return problems.filter((problem) => !/what is not there|not in the trail/.test(problem))
}

// what cannot be compressed, and is not random from run to run
function noise(length: number): string {
  let state = 1
  let text = ''
  while (text.length < length) {
    state = (state * 48271) % 2147483647
    text += String.fromCharCode(0x21 + (state % 90))
  }
  return text
}
