// A person of a workspace, who signs in to the helpdesk.
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** A row of `members`. */
@Entity('members')
export class Member {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column('text')
  name!: string

  @Column('text')
  email!: string

  @Column({ type: 'enum', enum: ['admin', 'agent'], enumName: 'member_role', default: 'agent' })
  role!: 'admin' | 'agent'

  @Column('text', { array: true, default: ['ko'] })
  languages!: string[]

  @Column('text', { name: 'token_hash', nullable: true })
  tokenHash!: string | null

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'left_at', nullable: true })
  leftAt!: Date | null
}
