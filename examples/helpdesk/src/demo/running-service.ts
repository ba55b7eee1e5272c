// The real service, started in this process, and asked over HTTP as its web page and its programs ask it.
import 'reflect-metadata'
import type { INestApplication } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { settled, withOperation } from '@steward/trail'
import { AppModule } from '../app.module.ts'
import { BillingService } from '../billing/billing.service.ts'
import { Clock } from '../clock/clock.ts'
import { type Program, programs } from '../sign-in/programs.ts'
import { demoToken } from './past-workspaces.ts'
import type { Random } from './random.ts'
import type { Row } from './world.ts'

/** What time it is for the service: whatever the demo has come to. */
class DemoClock extends Clock {
  moment = new Date()

  override now(): Date {
    return this.moment
  }
}

/** Who asks: a member, a customer through the portal, or a program. */
export type Asker = { member: Row } | { customer: Row } | { program: 'payments' | 'mail' }

/** A request to the service, and whether it is expected to be refused. */
export type Asked = { method: 'POST' | 'PATCH' | 'DELETE'; path: string; body?: unknown; isRefused?: boolean }

const programKeys = { portal: 'demo-key-of-the-portal', mail: 'demo-key-of-mail', payments: 'demo-key-of-payments' }

/** The helpdesk while it runs. */
export class RunningService {
  readonly #app: INestApplication
  readonly #clock: DemoClock
  readonly #url: string
  readonly #random: Random

  private constructor(
    app: INestApplication,
    { clock, url, random }: { clock: DemoClock; url: string; random: Random },
  ) {
    this.#app = app
    this.#clock = clock
    this.#url = url
    this.#random = random
  }

  /** Starts it on a free port of this machine. */
  static async start(databaseUrl: string, random: Random): Promise<RunningService> {
    const clock = new DemoClock()
    const app = await NestFactory.create(AppModule.with({ databaseUrl, programKeys, clock }), { logger: ['error'] })
    await app.listen(0, '127.0.0.1')
    return new RunningService(app, { clock, url: await app.getUrl(), random })
  }

  /** From now on it is this late for the service. */
  setTime(at: number): void {
    this.#clock.moment = new Date(at)
  }

  /** Asks; answers with the body. */
  async ask<Answer = unknown>(asker: Asker, { method, path, body, isRefused = false }: Asked): Promise<Answer> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...headersOf(asker),
        'content-type': 'application/json',
        'x-request-id': `req-${this.#random.uuid(this.#clock.moment.getTime()).slice(-8)}`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    // A refusal leaves its operation after the answer.
    if (isRefused) await settled()
    if (response.ok === isRefused) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return (text === '' ? null : JSON.parse(text)) as Answer
  }

  /** Runs jobs as the scheduler does, without a request. */
  async run<Result>(
    { program, ...job }: { program: Program; procedure: string; params?: unknown },
    work: (billing: BillingService) => Promise<Result>,
  ): Promise<Result> {
    const actor = { type: 'service' as const, id: program, name: programs[program] }
    const done = await withOperation({ actor, ...job }, () => work(this.#app.get(BillingService)))
    await settled()
    return done
  }

  async stop(): Promise<void> {
    await this.#app.close()
  }
}

function headersOf(asker: Asker): Record<string, string> {
  if ('member' in asker) return { authorization: `Bearer ${demoToken(asker.member['id'])}` }
  if ('program' in asker) return { authorization: `Bearer ${programKeys[asker.program]}` }
  return { authorization: `Bearer ${programKeys.portal}`, 'x-customer': String(asker.customer['id']) }
}
