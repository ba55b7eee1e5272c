// Sends the same requests to the hand-written handler and to us in turns, and compares what each costs server and database.
import { isDeepStrictEqual } from 'node:util'
import type { Measurement, Run } from '../benchmark.ts'
import { type ClientProcess, startClient } from '../client-process.ts'
import { type Figure, figure } from '../figure.ts'
import { interleave } from '../interleave.ts'
import type { Database } from '../server.ts'
import { cpuSecondsOfProcess, openMeter, type ServerCost } from '../server-cost.ts'
import { median, ratios } from '../statistics.ts'
import { installTrail } from '../trail/install-trail.ts'
import type { HandAnswer, HandQuestion } from './hand-written.ts'
import type { LoadAnswer, LoadQuestion } from './load-client.ts'
import { openShop, type ShopSize } from './order-shop.ts'
import { type Asked, rawRequest } from './raw-request.ts'
import { createKey, type Served, serveShop } from './serve-shop.ts'

/** A way to ask us, and the figure that comes of it. */
export type Side = {
  figure: string
  bounds: { floor?: number; goal: number }
  hasTrail: boolean
  /** Of the key that is sent with each request. */
  role: 'admin' | 'reader'
  ask: (size: ShopSize) => Asked
}

/** What is compared. */
export type Comparison = {
  name: string
  /** With which both answer. */
  status: number
  /** Both answer the same request with the same data. */
  isComparable: boolean
  hand: (size: ShopSize) => Asked
  sides: Side[]
}

/** Processor time of a request in microseconds, and how many there were in a second. */
type Sample = { server: number; database: number; perSecond: number }
type Variant = { name: string; port: number; pid: number; requests: string[] }
type Load = ClientProcess<LoadQuestion, LoadAnswer>

const connections = 8
const distinctRequests = 500
const plan = {
  full: { rounds: 9, seconds: 3, warmUpSeconds: 8, customers: 2000 },
  quick: { rounds: 5, seconds: 1, warmUpSeconds: 4, customers: 400 },
}

/** Measures one comparison. */
export async function compareRequests(run: Run, comparison: Comparison): Promise<Measurement> {
  const size = run.isQuick ? plan.quick : plan.full
  run.tell(0, 'filling the shop')
  const shop = await openShop(run.server, 'shop', size)
  const office = await run.server.newDatabase('office')
  await shop.pool.end()
  const databases: Database[] = [shop, office]
  const hand = startClient<HandQuestion, HandAnswer>(new URL('hand-written.ts', import.meta.url))
  const nest = run.with.includes('nest')
    ? startClient<HandQuestion, HandAnswer>(new URL('nest-controllers.ts', import.meta.url))
    : null
  const load: Load = startClient(new URL('load-client.ts', import.meta.url))
  const served: Served[] = []
  try {
    const keys = { admin: await createKey(office, 'admin'), reader: await createKey(office, 'reader') }
    const variants: Variant[] = []
    for (const [place, side] of comparison.sides.entries()) {
      const own = await run.server.newDatabase(`shop_${place}`, shop)
      databases.push(own)
      if (side.hasTrail) await installTrail(own.pool, ['customers', 'orders', 'order_lines'])
      const { port, pid, end } = await serveShop(own, office)
      served.push({ port, pid, end })
      const requests = requestsOf(() => withKey(side.ask(size), keys[side.role]))
      variants.push({ name: side.figure, port, pid, requests })
    }
    const handServed = await hand.ask({ url: shop.url })
    const byHand = requestsOf(() => comparison.hand(size))
    variants.push({ name: 'hand', ...handServed, requests: byHand })
    if (nest !== null) {
      const own = await run.server.newDatabase('shop_nest', shop)
      databases.push(own)
      variants.push({ name: nestOf(comparison), ...(await nest.ask({ url: own.url })), requests: byHand })
    }
    await demandSame(load, variants, comparison)
    return report(await measure(run, { load, variants, status: comparison.status }), comparison, size)
  } finally {
    await Promise.all([hand.end(), nest?.end(), load.end(), ...served.map(({ end }) => end())])
    for (const database of databases) await database.drop()
  }
}

/** The name of what NestJS costs; it informs, and is not judged. */
function nestOf({ name }: Comparison): string {
  return `${name}.nest.cpu`
}

function requestsOf(make: () => Asked): string[] {
  return Array.from({ length: distinctRequests }, () => rawRequest(make()))
}

function withKey(asked: Asked, key: string): Asked {
  return { ...asked, headers: { ...asked.headers, Authorization: `Bearer ${key}` } }
}

/** A comparison of two that do not do the same is none. */
async function demandSame(load: Load, variants: Variant[], { status, isComparable, name }: Comparison): Promise<void> {
  const answers: unknown[] = []
  for (const { port, requests } of variants) {
    const asked = { port, requests: requests.slice(0, 1), connections, seconds: 0, status }
    answers.push(JSON.parse((await load.ask(asked)).lastBody))
  }
  const shape = (answer: unknown) => (isComparable ? keysOf(answer) : Object.keys(answer as object))
  const shapes = answers.map(shape)
  if (!shapes.every((each) => isDeepStrictEqual(each, shapes[0]))) {
    throw new Error(
      `${name}: the sides do not answer alike.\n${answers.map((one) => JSON.stringify(one).slice(0, 300)).join('\n')}`,
    )
  }
}

/** The names in a document and how many rows there are at each place; random rows differ in nothing else. */
function keysOf(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(keysOf)
  if (answer === null || typeof answer !== 'object') return null
  return Object.entries(answer).map(([key, value]) => [key, keysOf(value)])
}

async function measure(run: Run, { load, variants, status }: { load: Load; variants: Variant[]; status: number }) {
  const { rounds, seconds, warmUpSeconds } = run.isQuick ? plan.quick : plan.full
  const readCost = await openMeter(run.server.pool)
  const byName = new Map(variants.map((variant) => [variant.name, variant]))
  const tell = (fraction: number, doing: string) => run.tell(0.4 + 0.6 * fraction, doing)
  const options = { rounds, warmUps: 1, tell }
  // A server runs for weeks: what the first seconds of its life cost is not the question.
  for (const { name, port, requests } of variants) {
    run.tell(0.2, `warming up, ${name}`)
    await load.ask({ port, requests, connections, seconds: warmUpSeconds, status })
  }
  return interleave([...byName.keys()], options, async (name): Promise<Sample> => {
    const { port, pid, requests } = byName.get(name) as Variant
    const before = await spent(readCost, pid)
    const { answered, seconds: taken } = await load.ask({ port, requests, connections, seconds, status })
    const after = await spent(readCost, pid)
    return {
      server: ((after.server - before.server) / answered) * 1e6,
      database: ((after.database - before.database) / answered) * 1e6,
      perSecond: answered / taken,
    }
  })
}

async function spent(readCost: () => Promise<ServerCost>, pid: number): Promise<{ server: number; database: number }> {
  const { cpuSeconds: database } = await readCost()
  const server = await cpuSecondsOfProcess(pid)
  if (database === null || server === null) {
    throw new Error(
      'The processor time of PostgreSQL and of the servers can be read on Linux, on the same machine, only.',
    )
  }
  return { server, database }
}

function report(samples: Record<string, Sample[]>, comparison: Comparison, size: ShopSize): Measurement {
  const { name, sides } = comparison
  const nest = nestOf(comparison)
  const of = (variant: string) => samples[variant] as Sample[]
  const whole = (variant: string) => of(variant).map(({ server, database }) => server + database)
  const part = (variant: string, which: keyof Sample) => Math.round(median(of(variant).map((sample) => sample[which])))
  const figures: Figure[] = [
    ...sides.map((side) =>
      figure(
        { name: side.figure, unit: 'ratio', better: 'lower', ...side.bounds },
        ratios(whole(side.figure), whole('hand')),
      ),
    ),
    ...(nest in samples
      ? [figure({ name: nest, unit: 'ratio', better: 'lower' }, ratios(whole(nest), whole('hand')))]
      : []),
    figure({ name: `${name}.hand.us`, unit: 'µs/request', better: 'lower' }, whole('hand')),
  ]
  const costs = Object.keys(samples).map(
    (variant) =>
      `${variant} ${part(variant, 'server')} + ${part(variant, 'database')} µs (${part(variant, 'perSecond')}/s)`,
  )
  const orders = size.customers * 50
  return {
    figures,
    notes: [
      `${name}: ${connections} connections, ${orders} orders; processor time of the server + of PostgreSQL for a request: ${costs.join(', ')}.`,
    ],
  }
}
