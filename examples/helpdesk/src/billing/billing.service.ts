// Subscriptions, the nightly settlement, and what a new price list does to open orders.
import { Injectable } from '@nestjs/common'
import { Audited } from '@steward/trail'
import { DataSource, LessThan } from 'typeorm'
import { Clock } from '../clock/clock.ts'
import { databaseOf } from '../database/database-of.ts'
import { Order } from '../orders/order.entity.ts'
import { Refusal } from '../refusal.ts'
import type { MemberPerson } from '../sign-in/person.ts'
import type { ChangePlanDto } from './change-plan.dto.ts'
import { type PriceList, priceList } from './price-list.ts'
import { recalculateTotals } from './recalculate-totals.ts'
import { Subscription } from './subscription.entity.ts'

@Injectable()
export class BillingService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  findSubscription(workspaceId: string): Promise<Subscription | null> {
    return this.dataSource.manager.findOneBy(Subscription, { workspaceId })
  }

  /** Another plan also means another discount for the orders that are not paid yet. */
  @Audited('billing.changePlan', { params: (_member, { plan, seats }) => ({ plan, seats }) })
  changePlan({ workspace }: MemberPerson, { plan, seats }: ChangePlanDto): Promise<Subscription> {
    return this.dataSource.transaction(async (manager) => {
      const subscription = await manager.findOne(Subscription, {
        where: { workspaceId: workspace },
        lock: { mode: 'pessimistic_write' },
      })
      if (subscription === null) throw new Refusal('NOT_FOUND', 'This workspace has no subscription.')
      if (seats !== undefined) subscription.seats = seats
      if (plan !== undefined) {
        subscription.plan = plan
        subscription.pricePerSeat = priceList[plan].pricePerSeat
      }
      await manager.save(subscription)
      if (plan !== undefined) await recalculateTotals(databaseOf(manager), { prices: priceList, workspace })
      return subscription
    })
  }

  /** Run by a release that brings a new price list. */
  @Audited('billing.recalculate', { params: (release, prices) => ({ release, prices }) })
  recalculate(_release: string, prices: PriceList = priceList): Promise<string[]> {
    return this.dataSource.transaction((manager) => recalculateTotals(databaseOf(manager), { prices }))
  }

  /** Run each night: what was paid a day ago goes to the books. */
  @Audited('billing.settle', { params: [] })
  async settle(): Promise<number> {
    const now = this.clock.now()
    const dayBefore = new Date(now.getTime() - 24 * 60 * 60 * 1000)
    const { affected } = await this.dataSource.manager.update(
      Order,
      { status: 'paid', paidAt: LessThan(dayBefore) },
      { status: 'settled', settledAt: now },
    )
    return affected ?? 0
  }

  /** Run each night: subscriptions whose month is over go on for another one. */
  @Audited('billing.renew', { params: [] })
  async renew(): Promise<number> {
    const { affected } = await this.dataSource.manager
      .createQueryBuilder()
      .update(Subscription)
      .set({ renewsOn: () => "(renews_on + interval '1 month')::date", state: 'active' })
      .where('renews_on <= :today AND state <> :ended', {
        today: this.clock.now().toISOString().slice(0, 10),
        ended: 'ended',
      })
      .execute()
    return affected ?? 0
  }
}
