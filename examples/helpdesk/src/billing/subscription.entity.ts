// What a workspace pays for the helpdesk.
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'
import type { Plan } from './price-list.ts'

/** A row of `subscriptions`. */
@Entity('subscriptions')
export class Subscription {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column({ type: 'enum', enum: ['starter', 'team', 'business'], enumName: 'plan' })
  plan!: Plan

  @Column({
    type: 'enum',
    enum: ['trial', 'active', 'past_due', 'ended'],
    enumName: 'subscription_state',
    default: 'trial',
  })
  state!: 'trial' | 'active' | 'past_due' | 'ended'

  @Column('integer')
  seats!: number

  @Column('numeric', { name: 'price_per_seat', precision: 12, scale: 2 })
  pricePerSeat!: string

  @Column('text', { name: 'add_ons', array: true, default: [] })
  addOns!: string[]

  @Column('date', { name: 'renews_on' })
  renewsOn!: string

  @Column('timestamptz', { name: 'started_at' })
  startedAt!: Date
}
