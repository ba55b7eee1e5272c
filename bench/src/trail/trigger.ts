// trail.trigger: what a small transaction costs when every row leaves its trail, and what the trail weighs afterwards.
import type { Measurement, Part, Run } from '../benchmark.ts'
import { startClient } from '../client-process.ts'
import { type Figure, figure, figureOf } from '../figure.ts'
import { interleave } from '../interleave.ts'
import type { Database } from '../server.ts'
import { openMeter } from '../server-cost.ts'
import { ratios } from '../statistics.ts'
import { bank, bankTables, fillBank } from './bank.ts'
import { type BankAnswer, type BankQuestion } from './bank-client.ts'
import { installClassicTrigger } from './classic-trigger.ts'
import { installTrail } from './install-trail.ts'
import { readTrailSize } from './trail-size.ts'

const variants = ['untracked', 'trail', 'classic'] as const
type Variant = (typeof variants)[number]
type Sample = { perSecond: number; serverCpu: number | null; clientCpu: number; wal: number }

const clientCount = 4
const plan = { full: { rounds: 9, seconds: 6 }, quick: { rounds: 4, seconds: 2 } }

/** Transactions per second against no audit, four clients; and the bytes that are left of them. */
export const trigger: Part = {
  name: 'trail.trigger',
  summary: 'small transactions on four tracked tables, against no audit',
  seconds: { full: 200, quick: 38 },
  measure: measureTrigger,
}

async function measureTrigger(run: Run): Promise<Measurement> {
  const accounts = run.isQuick ? bank.quickAccounts : bank.accounts
  const databases = await openBanks(run, accounts)
  const empty = await readTrailSize(databases.trail.pool)
  const samples = await measureVariants(run, databases, accounts)
  await databases.trail.pool.query('VACUUM (ANALYZE) steward.change, steward.part')
  const full = await readTrailSize(databases.trail.pool)
  const classicBytes = await readClassicBytes(databases.classic)
  for (const variant of variants) await databases[variant].drop()

  const bytesPerChange = (full.bytes - empty.bytes) / (full.changes - empty.changes)
  const { rounds, seconds } = run.isQuick ? plan.quick : plan.full
  return {
    figures: [
      capacity(samples, 'trail', { floor: 0.68, goal: 0.75 }),
      figureOf(
        { name: 'trail.bytes_per_change', unit: 'bytes', better: 'lower', floor: 320, goal: 280 },
        bytesPerChange,
        [bytesPerChange],
      ),
      ...cpuFigures(samples, 'trail'),
      figure(
        { name: 'trail.trigger.wal_per_transaction', unit: 'bytes', better: 'lower' },
        samples.trail.map((sample) => sample.wal),
      ),
      figure(
        { name: 'trail.trigger.per_second', unit: 'transactions/s', better: 'higher' },
        samples.trail.map((sample) => sample.perSecond),
      ),
      ...untrackedFigures(samples),
      capacity(samples, 'classic'),
      ...cpuFigures(samples, 'classic'),
      figureOf({ name: 'trail.classic.bytes_per_change', unit: 'bytes', better: 'lower' }, classicBytes, [
        classicBytes,
      ]),
    ],
    notes: [
      `trail.trigger: ${clientCount} clients, each a process of its own on this machine; ${rounds} rounds of ${seconds} s a variant; ${accounts} accounts,` +
        ` ${bank.branches} branches; ${full.changes} changes and their operations weighed. ${shareOfClients(samples)}`,
      '"classic" is the generic to_jsonb trigger without any context, for comparison.',
    ],
  }
}

async function openBanks({ server, tell, isQuick }: Run, accounts: number): Promise<Record<Variant, Database>> {
  tell(0, 'filling the bank')
  const untracked = await server.newDatabase('untracked')
  await fillBank(untracked.pool, accounts)
  await untracked.pool.end()
  tell(isQuick ? 0.08 : 0.04, 'copying it')
  const trail = await server.newDatabase('trail', untracked)
  const classic = await server.newDatabase('classic', untracked)
  await installTrail(trail.pool, bankTables)
  await installClassicTrigger(classic.pool, bankTables)
  await server.pool.query('CHECKPOINT')
  return { untracked, trail, classic }
}

async function measureVariants(run: Run, databases: Record<Variant, Database>, accounts: number) {
  const { rounds, seconds } = run.isQuick ? plan.quick : plan.full
  const clients = Array.from({ length: clientCount }, () =>
    startClient<BankQuestion, BankAnswer>(new URL('bank-client.ts', import.meta.url)),
  )
  try {
    const readCost = await openMeter(run.server.pool)
    const tell = (fraction: number, doing: string) => run.tell(0.1 + 0.85 * fraction, doing)
    return await interleave(variants, { rounds, warmUps: 1, tell }, async (variant): Promise<Sample> => {
      const question = { url: databases[variant].url, hasContext: variant === 'trail', seconds, accounts }
      const before = await readCost()
      const answers = await Promise.all(clients.map((client) => client.ask(question)))
      const after = await readCost()
      const transactions = sum(answers.map((answer) => answer.transactions))
      return {
        perSecond: sum(answers.map((answer) => answer.transactions / answer.seconds)),
        clientCpu: sum(answers.map((answer) => answer.cpuSeconds)) / transactions,
        serverCpu:
          after.cpuSeconds === null || before.cpuSeconds === null
            ? null
            : (after.cpuSeconds - before.cpuSeconds) / transactions,
        wal: (after.walBytes - before.walBytes) / transactions,
      }
    })
  } finally {
    await Promise.all(clients.map((client) => client.end()))
  }
}

type Samples = Record<Variant, Sample[]>

function capacity(
  samples: Samples,
  variant: 'trail' | 'classic',
  bounds: { floor?: number; goal?: number } = {},
): Figure {
  const perSecond = (which: Variant) => samples[which].map((sample) => sample.perSecond)
  const name = variant === 'trail' ? 'trail.trigger.capacity' : 'trail.classic.capacity'
  return figure(
    { name, unit: 'ratio', better: 'higher', ...bounds },
    ratios(perSecond(variant), perSecond('untracked')),
  )
}

function cpuFigures(samples: Samples, variant: 'trail' | 'classic'): Figure[] {
  const cpu = (which: Variant) => samples[which].flatMap(({ serverCpu }) => serverCpu ?? [])
  if (cpu(variant).length === 0) return []
  const name = variant === 'trail' ? 'trail.trigger.server_cpu' : 'trail.classic.server_cpu'
  return [figure({ name, unit: 'ratio', better: 'lower' }, ratios(cpu(variant), cpu('untracked')))]
}

function untrackedFigures({ untracked }: Samples): Figure[] {
  const cpu = untracked.flatMap(({ serverCpu }) => (serverCpu === null ? [] : serverCpu * 1e6))
  return [
    figure(
      { name: 'trail.untracked.per_second', unit: 'transactions/s', better: 'higher' },
      untracked.map((sample) => sample.perSecond),
    ),
    ...(cpu.length > 0
      ? [figure({ name: 'trail.untracked.server_cpu', unit: 'µs/transaction', better: 'lower' }, cpu)]
      : []),
    figure(
      { name: 'trail.untracked.wal_per_transaction', unit: 'bytes', better: 'lower' },
      untracked.map((sample) => sample.wal),
    ),
  ]
}

/** Clients share the machine with the server: what they spend thins the difference out, and a reader must know how much. */
function shareOfClients({ untracked }: Samples): string {
  const client = sum(untracked.map((sample) => sample.clientCpu))
  const server = sum(untracked.map((sample) => sample.serverCpu ?? Number.NaN))
  if (Number.isNaN(server)) return ''
  return `Untracked, the clients take ${Math.round((100 * client) / (client + server))} % of the processor time.`
}

async function readClassicBytes({ pool }: Database): Promise<number> {
  await pool.query('VACUUM (ANALYZE) audit.logged_action')
  const { rows } = await pool.query<{ bytes: string }>(
    `SELECT pg_total_relation_size('audit.logged_action')::numeric / (SELECT count(*) FROM audit.logged_action) AS bytes`,
  )
  return Number(rows[0]?.bytes)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
