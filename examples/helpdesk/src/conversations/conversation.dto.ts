// What comes in when people talk, each deed with its own body.
import { IsArray, IsBoolean, IsIn, IsNumberString, IsOptional, IsString, MaxLength, MinLength } from 'class-validator'

/** The body of POST /conversations. */
export class OpenConversationDto {
  @IsOptional()
  @IsNumberString({ no_symbols: true })
  customer?: string

  @IsString()
  @MinLength(1)
  @MaxLength(300)
  subject!: string

  @IsIn(['email', 'chat', 'phone', 'web'])
  channel!: 'email' | 'chat' | 'phone' | 'web'

  @IsString()
  @MinLength(1)
  @MaxLength(20_000)
  body!: string
}

/** The body of POST /conversations/:id/messages. */
export class WriteMessageDto {
  @IsString()
  @MinLength(1)
  @MaxLength(20_000)
  body!: string

  @IsOptional()
  @IsBoolean()
  isInternal?: boolean
}

/** The body of PATCH /conversations/:id. */
export class ChangeConversationDto {
  @IsOptional()
  @IsNumberString({ no_symbols: true })
  assignee?: string

  @IsOptional()
  @IsIn([1, 2, 3, 4])
  priority?: number

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  tags?: string[]
}
