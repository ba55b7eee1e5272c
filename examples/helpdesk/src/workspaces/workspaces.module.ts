// Workspaces: the companies that use the helpdesk.
import { Module } from '@nestjs/common'
import { WorkspacesController } from './workspaces.controller.ts'
import { WorkspacesService } from './workspaces.service.ts'

@Module({ controllers: [WorkspacesController], providers: [WorkspacesService] })
export class WorkspacesModule {}
