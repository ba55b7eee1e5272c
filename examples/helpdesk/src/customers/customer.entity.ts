// A company that a workspace serves, with the person one talks to.
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** A row of `customers`. */
@Entity('customers')
export class Customer {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column('text')
  company!: string

  @Column('text')
  name!: string

  @Column('text')
  email!: string

  @Column('text', { nullable: true })
  phone!: string | null

  @Column('text', { default: 'ko' })
  language!: 'ko' | 'en'

  @Column({ type: 'enum', enum: ['active', 'closed'], enumName: 'customer_state', default: 'active' })
  state!: 'active' | 'closed'

  @Column('text', { array: true, default: [] })
  tags!: string[]

  @Column('jsonb', { nullable: true })
  address!: { city: string; street: string; postalCode: string } | null

  /** Not selected unless asked for: what leaves the database by mistake cannot be called back. */
  @Column('text', { name: 'resident_number', nullable: true, select: false })
  residentNumber?: string | null

  @Column('char', { name: 'card_last4', length: 4, nullable: true, select: false })
  cardLast4?: string | null

  @Column('text', { name: 'internal_note', nullable: true, select: false })
  internalNote?: string | null

  @Column('bigint', { name: 'merged_into', nullable: true })
  mergedInto!: string | null

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date
}
