// `npm start`: an embedded PostgreSQL with a small shop, a bug in it, and the trail that finds and mends it.
import { styleText } from 'node:util'
import { isStewardError } from '@steward/base'
import { type Cluster, startCluster } from '@steward/cluster'
import { migrate, openPool, type Pool } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { trailLedger, trailMigrations } from '@steward/trail/capability'
import { runSteward } from './command-line.ts'
import { baskets, cancelStaleOrders, openShop, payOrder, placeOrder } from './demo-shop.ts'

const cluster = await startCluster({ folder: '.steward/demo-cluster' })
try {
  const url = await shopDatabase(cluster)
  process.env['DATABASE_URL'] = url
  await tell(url)
  if (process.stdout.isTTY || process.argv.includes('--stay')) await stayUntilInterrupted(url)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await cluster.stop()
}

async function tell(databaseUrl: string): Promise<void> {
  const service = openPool(databaseUrl)
  openTrail({ pool: service }).instrument(service)
  try {
    await openShop(service)
    await chapter('A shop puts its tables under the trail.')
    await command('trail', 'install')
    await command('trail', 'track', '--all')

    await chapter('Customers order and pay; then the nightly job of the service cancels too much.')
    const since = new Date().toISOString()
    const orders: number[] = []
    for (const basket of baskets) orders.push(await placeOrder(service, basket))
    for (const order of orders) await payOrder(service, order)
    await cancelStaleOrders(service, orders)
    const order = String(orders[0])
    await fixByHand(databaseUrl, order)
    console.log(
      `Orders ${orders.join(', ')} were placed, paid, and cancelled at night; somebody wrote a note at a SQL prompt.`,
    )

    await chapter(`김하늘 writes: "my order ${order} is gone". What happened to it?`)
    await command('trail', 'history', 'orders', order)

    await chapter('It was the nightly job. What else did it touch?')
    await command(
      'trail',
      'blast',
      '--procedure',
      'orders.cancelStale',
      '--from',
      since,
      '--to',
      new Date().toISOString(),
    )

    await chapter('Take it back: first as a dry run, which shows every row.')
    const operation = await culpritOf(service, order)
    await command('trail', 'revert', '--operation', operation, '--dry-run')
    await chapter('Then for real. The note of the colleague stays: only what the job wrote is put back.')
    await command(
      'trail',
      'revert',
      '--operation',
      operation,
      '--reason',
      'TICKET-42: paid orders were cancelled',
      '--yes',
    )

    await chapter(`Order ${order} is back, and the trail says why.`)
    await command('trail', 'history', 'orders', order, '--limit', '1')
  } finally {
    await service.end()
  }
}

/** The demo keeps its data: a second start goes on with the next orders. What another version left is begun anew. */
async function shopDatabase(server: Cluster): Promise<string> {
  const admin = openPool(server.url)
  try {
    const { rowCount } = await admin.query("SELECT FROM pg_database WHERE datname = 'shop'")
    if (rowCount === 1 && (await isOurs(server.urlOf('shop')))) return server.urlOf('shop')
    await admin.query('DROP DATABASE IF EXISTS shop WITH (FORCE)')
    await admin.query('CREATE DATABASE shop')
    return server.urlOf('shop')
  } finally {
    await admin.end()
  }
}

async function isOurs(databaseUrl: string): Promise<boolean> {
  const pool = openPool(databaseUrl)
  try {
    await migrate(pool, { folder: trailMigrations, ledger: trailLedger, dryRun: true })
    return true
  } catch (error) {
    if (isStewardError(error)) return false
    throw error
  } finally {
    await pool.end()
  }
}

/** No service and no library: what somebody types into psql is in the trail, too. */
async function fixByHand(databaseUrl: string, order: string): Promise<void> {
  const prompt = openPool({ connectionString: databaseUrl, application_name: 'psql', max: 1 })
  try {
    await prompt.query("SELECT steward.act_as('lee', 'customer called')")
    await prompt.query("UPDATE orders SET note = '고객 전화 요청' WHERE id = $1", [order])
  } finally {
    await prompt.end()
  }
}

async function culpritOf(pool: Pool, order: string): Promise<string> {
  const history = await openTrail({ pool }).history('orders', order)
  return history.find(({ operation }) => operation.procedure === 'orders.cancelStale')?.operation.id ?? ''
}

async function chapter(sentence: string): Promise<void> {
  console.log(`\n${styleText(['bold', 'cyan'], `■ ${sentence}`)}`)
}

async function command(...words: string[]): Promise<void> {
  const typed = words.map((word) => (/^[\w@:./=+-]+$/.test(word) ? word : JSON.stringify(word))).join(' ')
  console.log(styleText('dim', `\n$ steward ${typed}\n`))
  const exitCode = await runSteward(words)
  if (exitCode !== 0) throw new Error(`"steward ${typed}" ended with ${exitCode}`)
}

async function stayUntilInterrupted(databaseUrl: string): Promise<void> {
  await chapter('Now you: this database runs until you press Ctrl-C. In another terminal:')
  console.log(`
  export DATABASE_URL=${databaseUrl}
  npx steward trail history orders 1042
  npx steward trail table orders "${new Date().toISOString()}"
  npx steward trail activity --by procedure --every hour
  npx steward trail operations --source sql
  npx steward --help
`)
  const isWaiting = setInterval(() => undefined, 60_000)
  await new Promise((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  clearInterval(isWaiting)
}
