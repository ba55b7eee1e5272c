// What a customer and a workspace talk about.
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** A row of `conversations`. */
@Entity('conversations')
export class Conversation {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column('bigint', { name: 'customer_id' })
  customerId!: string

  @Column('text')
  subject!: string

  @Column({ type: 'enum', enum: ['email', 'chat', 'phone', 'web'], enumName: 'channel', default: 'email' })
  channel!: 'email' | 'chat' | 'phone' | 'web'

  @Column({ type: 'enum', enum: ['open', 'waiting', 'closed'], enumName: 'conversation_state', default: 'open' })
  state!: 'open' | 'waiting' | 'closed'

  @Column('smallint', { default: 2 })
  priority!: number

  @Column('bigint', { name: 'assignee_id', nullable: true })
  assigneeId!: string | null

  @Column('text', { array: true, default: [] })
  tags!: string[]

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null
}
