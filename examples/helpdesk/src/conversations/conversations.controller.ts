// Conversations over HTTP.
import { Body, Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common'
import { AdminOnly, type MemberPerson, type Person, SignedIn, SignedInMember } from '../sign-in/person.ts'
import { ChangeConversationDto, OpenConversationDto, WriteMessageDto } from './conversation.dto.ts'
import { ConversationsService } from './conversations.service.ts'

@Controller('conversations')
export class ConversationsController {
  constructor(private readonly conversations: ConversationsService) {}

  @Get(':id')
  find(@SignedInMember() member: MemberPerson, @Param('id', ParseUUIDPipe) id: string) {
    return this.conversations.find(member, id)
  }

  @Post()
  open(@SignedIn() person: Person, @Body() request: OpenConversationDto) {
    return this.conversations.open(person, request)
  }

  @Post(':id/messages')
  write(@SignedIn() person: Person, @Param('id', ParseUUIDPipe) id: string, @Body() request: WriteMessageDto) {
    return this.conversations.write(person, id, request)
  }

  @Patch(':id')
  change(
    @SignedInMember() member: MemberPerson,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() request: ChangeConversationDto,
  ) {
    return this.conversations.changeConversation(member, id, request)
  }

  @Post(':id/close')
  @HttpCode(200)
  close(@SignedInMember() member: MemberPerson, @Param('id', ParseUUIDPipe) id: string) {
    return this.conversations.close(member, id)
  }

  @Delete(':id')
  delete(@SignedInMember() member: MemberPerson, @Param('id', ParseUUIDPipe) id: string) {
    return this.conversations.delete(member, id)
  }

  @Post(':id/restore')
  @HttpCode(200)
  @AdminOnly()
  restore(@SignedInMember() member: MemberPerson, @Param('id', ParseUUIDPipe) id: string) {
    return this.conversations.restore(member, id)
  }
}
