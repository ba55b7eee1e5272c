// The own workspace over HTTP.
import { Body, Controller, Get, Patch } from '@nestjs/common'
import { AdminOnly, type MemberPerson, SignedInMember } from '../sign-in/person.ts'
import { ChangeWorkspaceDto } from './change-workspace.dto.ts'
import { WorkspacesService } from './workspaces.service.ts'

@Controller('workspace')
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Get()
  find(@SignedInMember() member: MemberPerson) {
    return this.workspaces.find(member)
  }

  @Patch()
  @AdminOnly()
  configure(@SignedInMember() member: MemberPerson, @Body() request: ChangeWorkspaceDto) {
    return this.workspaces.configure(member, request)
  }
}
