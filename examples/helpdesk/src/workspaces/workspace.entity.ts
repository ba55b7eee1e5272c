// A company that uses the helpdesk.
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** A row of `workspaces`. */
@Entity('workspaces')
export class Workspace {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Column('text')
  name!: string

  @Column('text')
  slug!: string

  @Column('char', { length: 2, default: 'KR' })
  country!: string

  @Column('text', { default: 'ko' })
  locale!: string

  @Column('text', { array: true, default: [] })
  domains!: string[]

  @Column('jsonb', { default: {} })
  settings!: Record<string, unknown>

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null
}
