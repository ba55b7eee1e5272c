// Members over HTTP, for admins.
import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common'
import { AdminOnly, type MemberPerson, SignedInMember } from '../sign-in/person.ts'
import { InviteMemberDto } from './invite-member.dto.ts'
import { MembersService } from './members.service.ts'

@Controller('members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Post()
  @AdminOnly()
  invite(@SignedInMember() member: MemberPerson, @Body() request: InviteMemberDto) {
    return this.members.invite(member, request)
  }

  @Delete(':id')
  @HttpCode(204)
  @AdminOnly()
  leave(@SignedInMember() member: MemberPerson, @Param('id') id: string) {
    return this.members.leave(member, id)
  }
}
