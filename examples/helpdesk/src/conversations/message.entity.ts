// Something that was said in a conversation.
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** A row of `messages`. */
@Entity('messages')
export class Message {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string

  @Column('uuid', { name: 'conversation_id' })
  conversationId!: string

  @Column({ type: 'enum', enum: ['customer', 'member', 'system'], enumName: 'author_kind' })
  author!: 'customer' | 'member' | 'system'

  @Column('bigint', { name: 'member_id', nullable: true })
  memberId!: string | null

  @Column('text')
  body!: string

  @Column('boolean', { name: 'is_internal', default: false })
  isInternal!: boolean

  @Column('jsonb', { default: [] })
  attachments!: { name: string; bytes: number }[]

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null
}
