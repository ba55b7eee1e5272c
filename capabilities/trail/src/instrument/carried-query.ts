// A query that takes the operation's context along in its own flight, and shows its caller only its own answer.
import { type CarriedContext, nothingCarried, type OpenOperation } from '../context/open-operation.ts'
import { escapeLiteral, toAscii } from '../context/wire.ts'
import type { ConnectionMemory, LeftOperations } from './connection-memory.ts'
import { contextMessage } from './context-message.ts'
import type { PgClient, PgConnection, PgQuery, PgQueryClass, QueryError, TransactionStatus } from './node-postgres.ts'
import { isSeveral, type StatementKind, statementKind } from './statement.ts'

/** How the statements of one target are treated. */
export type CarryingOptions = {
  /** SELECT outside a transaction takes the context along, too: its functions may write. */
  select: boolean
}

/** A query of a client's own class that carries. */
export interface CarriedQuery extends PgQuery {
  /** Tells it where it is; before it is queued. */
  boardFor(
    client: PgClient,
    memory: ConnectionMemory,
    operation: OpenOperation | undefined,
    options: CarryingOptions,
  ): void
}

type CarriedQueryClass = new (config: unknown, values?: unknown, callback?: unknown) => CarriedQuery

const classes = new WeakMap<PgQueryClass, CarriedQueryClass>()
// Procedures that commit by themselves, found out by trying: their text goes out alone from then on.
const committing = new Set<string>()
const mostCommitting = 1000
const savepoint = 'steward_leave'

/** The carrying class for a class of queries; the same for the same. */
export function carryingClass(Query: PgQueryClass): CarriedQueryClass {
  let known = classes.get(Query)
  if (known === undefined) {
    known = makeCarryingClass(Query)
    classes.set(Query, known)
  }
  return known
}

// What a query does beside what its caller asked for.
type Plan = {
  /** Stands before the caller's text, in the same message. */
  prefix: string
  /** Stands behind it. */
  suffix: string
  /** Goes ahead of a prepared statement, in the same flight. */
  ahead: Buffer | undefined
  /** Answers of ours that come before the caller's. */
  leading: number
  /** The context that the transaction holds afterwards. */
  sent: CarriedContext | undefined
  /** What the message leaves in the trail. */
  left: LeftOperations | undefined
  expected: TransactionStatus
}

function makeCarryingClass(Query: PgQueryClass): CarriedQueryClass {
  return class extends Query implements CarriedQuery {
    declare client: PgClient
    declare memory: ConnectionMemory
    declare operation: OpenOperation | undefined
    declare options: CarryingOptions
    declare kind: StatementKind
    declare plan: Plan | undefined
    declare leading: number
    declare isComplete: boolean
    declare statementName: string | undefined
    // Sent again without anything of ours, or with what makes good what ours has done.
    declare again: string | undefined

    boardFor(
      client: PgClient,
      memory: ConnectionMemory,
      operation: OpenOperation | undefined,
      options: CarryingOptions,
    ): void {
      this.client = client
      this.memory = memory
      this.operation = operation
      this.options = options
      this.plan = undefined
      this.leading = 0
      this.isComplete = false
      this.again = undefined
    }

    // While answers of ours are coming the client must not take them for those of a named statement.
    override get name(): string | undefined {
      return this.leading > 0 ? undefined : this.statementName
    }
    override set name(name: string | undefined) {
      this.statementName = name
    }

    override submit(connection: PgConnection): Error | null {
      const plan = this.makePlan(connection)
      this.plan = plan
      const { text } = this
      const isChanged = plan.prefix !== '' || plan.suffix !== ''
      if (isChanged) this.text = plan.prefix + text + plan.suffix
      let error: Error | null
      try {
        error = super.submit(connection)
      } finally {
        if (isChanged) this.text = text
      }
      if (error) return error
      this.leading = plan.leading
      this.memory.sent = plan.sent
      this.memory.submitted(plan.expected)
      return null
    }

    override prepare(connection: PgConnection): void {
      const ahead = this.plan?.ahead
      if (ahead !== undefined && connection.stream.writable) connection.stream.write(ahead)
      super.prepare(connection)
    }

    makePlan(connection: PgConnection): Plan {
      const { memory, operation } = this
      const isSimple = !this.requiresPreparation()
      const text = this.text ?? (this.name === undefined ? undefined : connection.parsedStatements[this.name])
      const known = typeof text === 'string' ? text : ''
      const several = isSimple && isSeveral(known)
      this.kind = statementKind(known, this.options)
      const { status, sent } = memory
      const plan: Plan = {
        prefix: '',
        suffix: '',
        ahead: undefined,
        leading: 0,
        sent,
        left: undefined,
        expected: status,
      }
      if (this.again !== undefined) {
        plan.prefix = this.again
        plan.leading = this.again === '' ? 0 : 1
        if (this.kind === 'commit') endOfTransaction(plan)
        if (this.kind === 'begin') {
          plan.expected = 'T'
          plan.sent = nothingCarried
        }
        return plan
      }
      if (status === 'T') memory.ride(operation)
      else if (operation?.always !== undefined) operation.always.recorder = memory.recorder

      if (several) planSeveral(plan, memory, operation, status)
      else if (this.kind === 'begin') this.planBegin(plan, known, isSimple, status)
      else if (this.kind === 'commit') this.planCommit(plan, isSimple, status)
      else if (this.kind === 'rollback') endOfTransaction(plan)
      else if (this.kind === 'rollback-to' || this.kind === 'reset') plan.sent = undefined
      else if (this.kind === 'set') memory.isReadOnly ||= saysReadOnly(known)
      else if (this.kind !== 'other') this.planWrite(plan, known, isSimple, status)
      return plan
    }

    planBegin(plan: Plan, text: string, isSimple: boolean, status: TransactionStatus): void {
      if (status !== 'I') return
      const { memory, operation } = this
      plan.expected = 'T'
      plan.sent = nothingCarried
      memory.isReadOnly = memory.isAlwaysReadOnly || saysReadOnly(text)
      memory.ride(operation)
      if (operation === undefined || !isSimple) return
      const carried = carriedFor(memory, operation)
      plan.suffix = `\n;SET LOCAL steward.context = ${carried.literal}`
      plan.sent = carried
    }

    planCommit(plan: Plan, isSimple: boolean, status: TransactionStatus): void {
      const { memory } = this
      endOfTransaction(plan)
      if (status !== 'T' || !isSimple || this.client.pipeline || !memory.recorder.installed || memory.isReadOnly) return
      const left = memory.unleft()
      if (left.size === 0) return
      // Should leaving fail, the caller's COMMIT must not: it is sent again from the savepoint.
      plan.prefix = `SAVEPOINT ${savepoint};SELECT ${leaveCalls(left, memory)};RELEASE ${savepoint};\n`
      plan.leading = 3
      plan.left = left
    }

    planWrite(plan: Plan, text: string, isSimple: boolean, status: TransactionStatus): void {
      const { memory, operation } = this
      if (status === 'E') return
      const carried = operation === undefined ? nothingCarried : carriedFor(memory, operation)
      if (status === 'T') {
        if (memory.sent === carried) return
        plan.sent = carried
        if (isSimple) planPrefix(plan, carried)
        else planAhead(plan, carried)
        return
      }
      if (operation === undefined || this.kind === 'copy' || (this.kind === 'call' && committing.has(text))) return
      const always = this.mayLeave() ? operation.always : undefined
      const leave = always === undefined ? undefined : carriedFor(memory, always)
      if (always !== undefined) plan.left = new Map([[always, undefined]])
      if (isSimple) planPrefix(plan, carried, leave)
      else planAhead(plan, carried, leave)
    }

    mayLeave(): boolean {
      const always = this.operation?.always
      return always !== undefined && !always.isLeft && this.memory.recorder.installed && !this.client.pipeline
    }

    override handleRowDescription(message: unknown): void {
      if (this.leading > 0 || this.isComplete) return
      super.handleRowDescription(message)
    }

    override handleDataRow(message: unknown): void {
      if (this.leading > 0 || this.isComplete) return
      super.handleDataRow(message)
    }

    override handleCommandComplete(message: { text: string }, connection: PgConnection): void {
      if (this.leading > 0) {
        this.leading--
        return
      }
      if (this.isComplete) return
      if (this.plan?.suffix) this.isComplete = true
      if (this.kind === 'commit' || this.kind === 'rollback') {
        this.memory.transactionEnded(message.text === 'COMMIT' ? this.plan?.left : undefined)
      }
      super.handleCommandComplete(message, connection)
    }

    override handleReadyForQuery(connection: PgConnection): void {
      if (this.plan?.left !== undefined && this.kind !== 'commit') {
        for (const operation of this.plan.left.keys()) markLeft(operation)
      }
      super.handleReadyForQuery(connection)
    }

    override handleError(error: QueryError, connection: PgConnection): void {
      if (isFromServer(error) && this.wasOurs(error, connection)) return
      const { plan } = this
      if (plan !== undefined && plan.prefix !== '' && error.position !== undefined) {
        error.position = String(Math.max(1, Number(error.position) - [...plan.prefix].length))
      }
      this.leading = 0
      super.handleError(error, connection)
    }

    // Whether what failed was ours and the caller's statement has been sent again as it was.
    wasOurs(error: QueryError, connection: PgConnection): boolean {
      const { plan, memory } = this
      if (plan === undefined || this.again !== undefined || this.client.pipeline || error.severity === 'FATAL')
        return false
      const failedAhead = this.leading > 0
      const isWrapped = plan.expected === 'I' && plan.leading > 0 && this.kind !== 'commit'
      const name = this.statementName
      if (failedAhead && this.kind === 'commit') {
        this.couldNotLeave(error)
        this.sendAgain(`ROLLBACK TO SAVEPOINT ${savepoint};`)
        return true
      }
      if (this.kind === 'begin' && plan.suffix !== '' && !this.isComplete) {
        memory.recorder.ports.onError(error)
        this.sendAgain('')
        return true
      }
      if (failedAhead && isWrapped) {
        if (plan.left !== undefined) this.couldNotLeave(error)
        else memory.recorder.ports.onError(error)
        if (name !== undefined) delete connection.submittedNamedStatements[name]
        this.sendAgain('')
        return true
      }
      // invalid_transaction_termination: everything is undone, and without us it would have worked.
      if (isWrapped && this.kind === 'call' && error.code === '2D000') {
        if (committing.size < mostCommitting) committing.add(this.text)
        this.sendAgain('')
        return true
      }
      return false
    }

    // A transaction that may not write, or that has lost against another one, says nothing about the trail.
    couldNotLeave(error: QueryError): void {
      const { memory } = this
      if (error.code === '25006') memory.isAlwaysReadOnly = true
      else if (!error.code?.startsWith('40')) memory.recorder.distrust(error)
    }

    sendAgain(prefix: string): void {
      this.again = prefix
      this.leading = 0
      this.isComplete = false
      this.client._queryQueue.unshift(this)
    }
  }
}

function endOfTransaction(plan: Plan): void {
  plan.sent = nothingCarried
  plan.expected = 'I'
}

// Several statements are one message already. In a transaction they may write, and may do anything to the setting.
function planSeveral(
  plan: Plan,
  memory: ConnectionMemory,
  operation: OpenOperation | undefined,
  status: TransactionStatus,
): void {
  plan.sent = status === 'I' ? nothingCarried : undefined
  if (status !== 'T') return
  const carried = operation === undefined ? nothingCarried : carriedFor(memory, operation)
  if (memory.sent !== carried) planPrefix(plan, carried)
}

function planPrefix(plan: Plan, carried: CarriedContext, leave?: CarriedContext): void {
  plan.prefix = `SET LOCAL steward.context = ${carried.literal};\n`
  plan.leading = 1
  if (leave === undefined) return
  plan.prefix += `SELECT steward.leave(${leave.literal});\n`
  plan.leading = 2
}

function planAhead(plan: Plan, carried: CarriedContext, leave?: CarriedContext): void {
  plan.ahead = contextMessage(carried, leave)
  plan.leading = 1
}

function carriedFor(memory: ConnectionMemory, operation: OpenOperation): CarriedContext {
  const carried = operation.carried()
  return memory.isAscii ? carried.ascii : carried
}

function leaveCalls(left: LeftOperations, memory: ConnectionMemory): string {
  const calls: string[] = []
  for (const [operation, ending] of left) {
    const outcome = ending === undefined ? 'NULL' : `'${ending.outcome}'`
    const error = ending?.error == null ? 'NULL' : escapeError(ending.error, memory)
    calls.push(`steward.leave(${carriedFor(memory, operation).literal}, ${outcome}, ${error})`)
  }
  return calls.join(', ')
}

function escapeError(error: string, memory: ConnectionMemory): string {
  return escapeLiteral(memory.isAscii ? toAscii(error) : error)
}

function markLeft(operation: OpenOperation): void {
  for (let above: OpenOperation | undefined = operation; above !== undefined; above = above.parent?.always) {
    above.isLeft = true
  }
}

function saysReadOnly(text: string): boolean {
  return /\bread\s+only\b/i.test(text.slice(0, 200))
}

function isFromServer(error: QueryError): boolean {
  return typeof error.severity === 'string'
}
