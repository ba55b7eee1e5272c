// The people of a workspace come, get their token, and leave.
import { createHash, randomBytes } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import { Audited } from '@steward/trail'
import { DataSource } from 'typeorm'
import { Clock } from '../clock/clock.ts'
import { Refusal } from '../refusal.ts'
import type { MemberPerson } from '../sign-in/person.ts'
import type { InviteMemberDto } from './invite-member.dto.ts'
import { Member } from './member.entity.ts'

@Injectable()
export class MembersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Answers with the token, which nobody can read again. */
  @Audited('members.invite', { params: (_member, { email, role }) => ({ email, role }) })
  async invite(
    { workspace }: MemberPerson,
    { name, email, role }: InviteMemberDto,
  ): Promise<{ id: string; token: string }> {
    const { manager } = this.dataSource
    const token = randomBytes(24).toString('base64url')
    const tokenHash = createHash('sha256').update(token).digest('hex')
    const member = manager.create(Member, {
      name,
      email,
      role,
      workspaceId: workspace,
      tokenHash,
      createdAt: this.clock.now(),
    })
    const { id } = await manager.save(member)
    return { id, token }
  }

  /** They can no longer sign in; what they have done stays theirs. */
  @Audited('members.leave', { params: (_member, member) => ({ member }) })
  async leave({ workspace, id: self }: MemberPerson, id: string): Promise<void> {
    if (id === self) throw new Refusal('NOT_SENSIBLE', 'Let another admin do that.')
    const left = { leftAt: this.clock.now(), tokenHash: null }
    const { affected } = await this.dataSource.manager.update(Member, { id, workspaceId: workspace }, left)
    if (affected === 0) throw new Refusal('NOT_FOUND', `There is no member ${id}.`)
  }
}
