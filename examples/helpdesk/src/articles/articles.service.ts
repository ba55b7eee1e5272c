// Articles are written, revised and published.
import { Injectable } from '@nestjs/common'
import { Audited } from '@steward/trail'
import { DataSource } from 'typeorm'
import { Clock } from '../clock/clock.ts'
import { Refusal } from '../refusal.ts'
import type { MemberPerson } from '../sign-in/person.ts'
import type { ReviseArticleDto, WriteArticleDto } from './article.dto.ts'
import { Article } from './article.entity.ts'

@Injectable()
export class ArticlesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  @Audited('articles.write', { params: (_member, { slug, language }) => ({ slug, language }) })
  write({ workspace, id }: MemberPerson, request: WriteArticleDto): Promise<Article> {
    const { manager } = this.dataSource
    const article = manager.create(Article, { workspaceId: workspace, authorId: id, createdAt: this.clock.now() })
    return manager.save(Object.assign(article, request))
  }

  @Audited('articles.revise', { params: (_member, slug, { state }) => ({ slug, state }) })
  async revise({ workspace }: MemberPerson, slug: string, request: ReviseArticleDto): Promise<Article> {
    const { manager } = this.dataSource
    const article = await manager.findOneBy(Article, { slug, workspaceId: workspace })
    if (article === null) throw new Refusal('NOT_FOUND', `There is no article ${slug}.`)
    if (request.state === 'published') article.publishedAt ??= this.clock.now()
    return manager.save(Object.assign(article, request))
  }
}
