// What a customer has ordered.
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** The life of an order. */
export type OrderStatus = 'placed' | 'paid' | 'settled' | 'cancelled' | 'refunded'

/** A row of `orders`. Money is text: a number of JavaScript would lose digits. */
@Entity('orders')
export class Order {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string

  /** Made of the id by the database. */
  @Column({ type: 'text', insert: false, update: false })
  number!: string

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column('bigint', { name: 'customer_id' })
  customerId!: string

  @Column({
    type: 'enum',
    enum: ['placed', 'paid', 'settled', 'cancelled', 'refunded'],
    enumName: 'order_status',
    default: 'placed',
  })
  status!: OrderStatus

  @Column('char', { length: 3, default: 'KRW' })
  currency!: string

  @Column('numeric', { name: 'discount_percent', precision: 5, scale: 2, default: 0 })
  discountPercent!: string

  @Column('numeric', { precision: 14, scale: 2, default: 0 })
  total!: string

  @Column('numeric', { precision: 14, scale: 2, default: 0 })
  refunded!: string

  @Column('text', { nullable: true })
  note!: string | null

  @Column('timestamptz', { name: 'placed_at' })
  placedAt!: Date

  @Column('timestamptz', { name: 'paid_at', nullable: true })
  paidAt!: Date | null

  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null
}
