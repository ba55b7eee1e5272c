// Articles over HTTP.
import { Body, Controller, Param, Patch, Post } from '@nestjs/common'
import { type MemberPerson, SignedInMember } from '../sign-in/person.ts'
import { ReviseArticleDto, WriteArticleDto } from './article.dto.ts'
import { ArticlesService } from './articles.service.ts'

@Controller('articles')
export class ArticlesController {
  constructor(private readonly articles: ArticlesService) {}

  @Post()
  write(@SignedInMember() member: MemberPerson, @Body() request: WriteArticleDto) {
    return this.articles.write(member, request)
  }

  @Patch(':slug')
  revise(@SignedInMember() member: MemberPerson, @Param('slug') slug: string, @Body() request: ReviseArticleDto) {
    return this.articles.revise(member, slug, request)
  }
}
