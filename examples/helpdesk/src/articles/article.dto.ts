// An article as members write it.
import { IsArray, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator'

/** The body of POST /articles. */
export class WriteArticleDto {
  @Matches(/^[a-z0-9-]{2,80}$/)
  slug!: string

  @IsString()
  @MaxLength(200)
  title!: string

  @IsString()
  body!: string

  @IsIn(['ko', 'en'])
  language!: 'ko' | 'en'

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  tags?: string[]
}

/** The body of PATCH /articles/:slug. */
export class ReviseArticleDto {
  @IsOptional()
  @IsString()
  @MaxLength(200)
  title?: string

  @IsOptional()
  @IsString()
  body?: string

  @IsOptional()
  @IsIn(['draft', 'published', 'archived'])
  state?: 'draft' | 'published' | 'archived'
}
