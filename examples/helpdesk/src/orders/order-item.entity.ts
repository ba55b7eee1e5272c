// One line of an order.
import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A row of `order_items`. */
@Entity('order_items')
export class OrderItem {
  @PrimaryColumn('bigint', { name: 'order_id' })
  orderId!: string

  @PrimaryColumn('smallint')
  line!: number

  @Column('text')
  sku!: string

  @Column('text')
  product!: string

  @Column('integer')
  quantity!: number

  @Column('numeric', { name: 'unit_price', precision: 12, scale: 2 })
  unitPrice!: string

  /** Quantity times price, by the database. */
  @Column({ type: 'numeric', precision: 14, scale: 2, insert: false, update: false })
  amount!: string
}
