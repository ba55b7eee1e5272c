// The workspace itself: its name and its settings.
import { Injectable } from '@nestjs/common'
import { Audited } from '@steward/trail'
import { DataSource } from 'typeorm'
import type { MemberPerson } from '../sign-in/person.ts'
import type { ChangeWorkspaceDto } from './change-workspace.dto.ts'
import { Workspace } from './workspace.entity.ts'

@Injectable()
export class WorkspacesService {
  constructor(private readonly dataSource: DataSource) {}

  find({ workspace }: MemberPerson): Promise<Workspace> {
    return this.dataSource.manager.findOneByOrFail(Workspace, { id: workspace })
  }

  /** Settings that are not named stay as they are. */
  @Audited('workspaces.configure', { params: (_member, request) => request })
  async configure(member: MemberPerson, { name, settings }: ChangeWorkspaceDto): Promise<Workspace> {
    const workspace = await this.find(member)
    if (name !== undefined) workspace.name = name
    if (settings !== undefined) workspace.settings = { ...workspace.settings, ...settings }
    return this.dataSource.manager.save(workspace)
  }
}
