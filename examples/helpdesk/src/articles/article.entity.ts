// An answer that customers find by themselves.
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** A row of `articles`. */
@Entity('articles')
export class Article {
  @PrimaryGeneratedColumn('uuid')
  id!: string

  @Column('uuid', { name: 'workspace_id' })
  workspaceId!: string

  @Column('text')
  slug!: string

  @Column('text')
  title!: string

  @Column('text')
  body!: string

  @Column('text', { default: 'ko' })
  language!: 'ko' | 'en'

  @Column({ type: 'enum', enum: ['draft', 'published', 'archived'], enumName: 'article_state', default: 'draft' })
  state!: 'draft' | 'published' | 'archived'

  @Column('text', { array: true, default: [] })
  tags!: string[]

  @Column('bigint', { name: 'author_id', nullable: true })
  authorId!: string | null

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date

  @Column('timestamptz', { name: 'published_at', nullable: true })
  publishedAt!: Date | null
}
