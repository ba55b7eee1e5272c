// A client of the bank, in a process of its own: one transaction of seven statements after another.
import { answerQuestions } from '../client-process.ts'
import { bank } from './bank.ts'
import { beginWithContext } from './context.ts'
import { type LightConnection, openLightConnection } from './light-connection.ts'

/** Work on the database at `url` for so long. */
export type BankQuestion = { url: string; hasContext: boolean; seconds: number; accounts: number }
export type BankAnswer = { transactions: number; seconds: number; cpuSeconds: number }

const statements = {
  account: 'UPDATE pgbench_accounts SET abalance = abalance + $1 WHERE aid = $2',
  balance: 'SELECT abalance FROM pgbench_accounts WHERE aid = $1',
  teller: 'UPDATE pgbench_tellers SET tbalance = tbalance + $1 WHERE tid = $2',
  branch: 'UPDATE pgbench_branches SET bbalance = bbalance + $1 WHERE bid = $2',
  history: 'INSERT INTO pgbench_history (tid, bid, aid, delta, mtime) VALUES ($1, $2, $3, $4, CURRENT_TIMESTAMP)',
}

// Connections stay open over the rounds, as those of a pool would.
const connections = new Map<string, Promise<LightConnection>>()

answerQuestions<BankQuestion, BankAnswer>(async ({ url, hasContext, seconds, accounts }) => {
  const opened = connections.get(url) ?? openLightConnection(url, statements)
  connections.set(url, opened)
  const connection = await opened
  const cpu = process.cpuUsage()
  const start = performance.now()
  const deadline = start + seconds * 1000
  let transactions = 0
  while (performance.now() < deadline) {
    await transfer(connection, hasContext, accounts)
    transactions++
  }
  const { user, system } = process.cpuUsage(cpu)
  return { transactions, seconds: (performance.now() - start) / 1000, cpuSeconds: (user + system) / 1e6 }
})

async function transfer(connection: LightConnection, hasContext: boolean, accounts: number): Promise<void> {
  const account = oneOf(accounts)
  const teller = oneOf(bank.tellers)
  const branch = oneOf(bank.branches)
  const delta = oneOf(10_001) - 5_001
  const params = `{"account":${account},"teller":${teller},"branch":${branch},"delta":${delta}}`
  await connection.run(hasContext ? beginWithContext(params) : 'BEGIN')
  await connection.execute('account', [delta, account])
  await connection.execute('balance', [account])
  await connection.execute('teller', [delta, teller])
  await connection.execute('branch', [delta, branch])
  await connection.execute('history', [teller, branch, account, delta])
  await connection.run('COMMIT')
}

function oneOf(count: number): number {
  return 1 + Math.floor(Math.random() * count)
}
