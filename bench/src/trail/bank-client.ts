// A client of the bank, in a process of its own: one transaction of seven statements after another.
import pg from 'pg'
import { answerQuestions } from '../client-process.ts'
import { bank } from './bank.ts'
import { beginWithContext } from './context.ts'

/** Work on the database at `url` for so long. */
export type BankQuestion = { url: string; hasContext: boolean; seconds: number; accounts: number }
export type BankAnswer = { transactions: number; seconds: number; cpuSeconds: number }

// Connections stay open over the rounds, as those of a pool would.
const clients = new Map<string, Promise<pg.Client>>()

answerQuestions<BankQuestion, BankAnswer>(async ({ url, hasContext, seconds, accounts }) => {
  const opened = clients.get(url) ?? openClient(url)
  clients.set(url, opened)
  const client = await opened
  const cpu = process.cpuUsage()
  const start = performance.now()
  const deadline = start + seconds * 1000
  let transactions = 0
  while (performance.now() < deadline) {
    await transfer(client, hasContext, accounts)
    transactions++
  }
  const { user, system } = process.cpuUsage(cpu)
  return { transactions, seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }
})

async function openClient(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' })
  await client.connect()
  return client
}

const account = { name: 'account', text: 'UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2' }
const balance = { name: 'balance', text: 'SELECT abalance FROM pgbench_accounts WHERE aid = $1' }
const teller = { name: 'teller', text: 'UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2' }
const branch = { name: 'branch', text: 'UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2' }
const history = {
  name: 'history',
  text: 'INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)',
}

async function transfer(client: pg.Client, hasContext: boolean, accounts: number): Promise<void> {
  const aid = oneOf(accounts)
  const tid = oneOf(bank.tellers)
  const bid = oneOf(bank.branches)
  const delta = oneOf(10_001) - 5_001
  const params = `{"account":${aid},"teller":${tid},"branch":${bid},"delta":${delta}}`
  await client.query(hasContext ? beginWithContext(params) : 'BEGIN')
  await client.query({ ...account, values: [delta, aid] })
  await client.query({ ...balance, values: [aid] })
  await client.query({ ...teller, values: [delta, tid] })
  await client.query({ ...branch, values: [delta, bid] })
  await client.query({ ...history, values: [tid, bid, aid, delta] })
  await client.query('COMMIT')
}

function oneOf(count: number): number {
  return 1 + Math.floor(Math.random() * count)
}
