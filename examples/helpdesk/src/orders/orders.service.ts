// What can be done with orders; each deed is an operation of the trail by its own name.
import { Injectable } from '@nestjs/common'
import { Audited } from '@steward/trail'
import { DataSource, type EntityManager, In } from 'typeorm'
import { Clock } from '../clock/clock.ts'
import { databaseOf } from '../database/database-of.ts'
import { Refusal } from '../refusal.ts'
import type { MemberPerson, Person } from '../sign-in/person.ts'
import type { CorrectOrderDto, DeleteOrdersDto, RefundOrderDto } from './change-order.dto.ts'
import { Order } from './order.entity.ts'
import { OrderItem } from './order-item.entity.ts'
import type { PlaceOrderDto } from './place-order.dto.ts'
import { placeOrder } from './place-order.ts'
import { type Refunded, refundOrder } from './refund-order.ts'

@Injectable()
export class OrdersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async find(person: Person, number: string): Promise<Order & { items: OrderItem[] }> {
    const { manager } = this.dataSource
    const order = await manager.findOneBy(Order, { number, ...scopeOf(person) })
    if (order === null) throw noOrder(number)
    const items = await manager.find(OrderItem, { where: { orderId: order.id }, order: { line: 'ASC' } })
    return Object.assign(order, { items })
  }

  @Audited('orders.place', { params: (_person, { customer, items }) => ({ customer, items: items.length }) })
  place(person: Person, { customer, items, note }: PlaceOrderDto) {
    if (person.kind === 'program') throw new Refusal('NOT_SENSIBLE', 'An order is placed by a customer or a member.')
    const by = person.kind === 'customer' ? person.id : customer
    if (by === undefined) throw new Refusal('NOT_SENSIBLE', 'Say which customer orders.')
    const wanted = { workspace: person.workspace, customer: by, items, note: note ?? null, at: this.clock.now() }
    return this.dataSource.transaction((manager) => placeOrder(databaseOf(manager), wanted))
  }

  /** The payment provider has told that the money is there. */
  @Audited('orders.pay', { params: ['order'] })
  pay(number: string): Promise<Order> {
    return this.change({ number }, ['placed'], (order) => {
      order.status = 'paid'
      order.paidAt = this.clock.now()
    })
  }

  @Audited('orders.cancel', { params: (_person, order) => ({ order }) })
  cancel(person: Person, number: string): Promise<Order> {
    return this.change({ number, ...scopeOf(person) }, ['placed'], (order) => {
      order.status = 'cancelled'
    })
  }

  /** A member sets right by hand what is wrong with an order. */
  @Audited('orders.correct', { params: (_member, order, { total, note }) => ({ order, total, note }) })
  correct(member: MemberPerson, number: string, { total, note }: CorrectOrderDto): Promise<Order> {
    const open: Order['status'][] = ['placed', 'paid']
    return this.change({ number, ...scopeOf(member) }, total === undefined ? null : open, (order) => {
      if (total !== undefined) order.total = total
      if (note !== undefined) order.note = note
    })
  }

  @Audited('orders.refund', { params: (_member, order, { amount, note }) => ({ order, amount, note }) })
  refund(member: MemberPerson, number: string, { amount, note }: RefundOrderDto): Promise<Refunded> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await manager.existsBy(Order, { number, ...scopeOf(member) }))) throw noOrder(number)
      return refundOrder(databaseOf(manager), { order: number, amount, note, at: this.clock.now() })
    })
  }

  /** For good: items and refunds go with their orders. */
  @Audited('orders.deleteMany', { params: (_member, { orders }) => ({ orders }) })
  async deleteMany(member: MemberPerson, { orders }: DeleteOrdersDto): Promise<{ deleted: number }> {
    const { affected } = await this.dataSource.manager.delete(Order, { number: In(orders), ...scopeOf(member) })
    return { deleted: affected ?? 0 }
  }

  private change(
    where: { number: string; workspaceId?: string },
    from: Order['status'][] | null,
    edit: (order: Order) => void,
  ): Promise<Order> {
    return this.dataSource.transaction(async (manager: EntityManager) => {
      const order = await manager.findOne(Order, { where, lock: { mode: 'pessimistic_write' } })
      if (order === null) throw noOrder(where.number)
      if (from !== null && !from.includes(order.status)) {
        throw new Refusal('NOT_POSSIBLE', `${order.number} is ${order.status}.`)
      }
      edit(order)
      return manager.save(order)
    })
  }
}

/** Our own programs work for all workspaces, everybody else for their own. */
function scopeOf({ workspace }: Person): { workspaceId?: string } {
  return workspace === null ? {} : { workspaceId: workspace }
}

function noOrder(number: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no order ${number}.`)
}
