// What can be done with conversations and their messages.
import { Injectable } from '@nestjs/common'
import { Audited } from '@steward/trail'
import { DataSource, type EntityManager, IsNull } from 'typeorm'
import { Clock } from '../clock/clock.ts'
import { Customer } from '../customers/customer.entity.ts'
import { databaseOf } from '../database/database-of.ts'
import { Refusal } from '../refusal.ts'
import type { MemberPerson, Person } from '../sign-in/person.ts'
import type { ChangeConversationDto, OpenConversationDto, WriteMessageDto } from './conversation.dto.ts'
import { Conversation } from './conversation.entity.ts'
import { Message } from './message.entity.ts'
import { type Restored, restoreConversation } from './restore-conversation.ts'

@Injectable()
export class ConversationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async find({ workspace }: MemberPerson, id: string): Promise<Conversation & { messages: Message[] }> {
    const { manager } = this.dataSource
    const conversation = await manager.findOneBy(Conversation, { id, workspaceId: workspace, deletedAt: IsNull() })
    if (conversation === null) throw noConversation(id)
    const where = { conversationId: id, deletedAt: IsNull() }
    const messages = await manager.find(Message, { where, order: { id: 'ASC' } })
    return Object.assign(conversation, { messages })
  }

  @Audited('conversations.open', { params: (_person, { customer, channel }) => ({ customer, channel }) })
  open(person: Person, { customer: named, subject, channel, body }: OpenConversationDto): Promise<Conversation> {
    return this.dataSource.transaction(async (manager) => {
      const customer = await manager.findOneBy(Customer, {
        id: (person.kind === 'customer' ? person.id : named) ?? '0',
        ...(person.workspace === null ? {} : { workspaceId: person.workspace }),
      })
      if (customer === null) throw new Refusal('NOT_FOUND', `There is no customer ${named ?? ''}.`)
      const createdAt = this.clock.now()
      const { workspaceId, id: customerId } = customer
      const conversation = await manager.save(
        manager.create(Conversation, { workspaceId, customerId, subject, channel, createdAt }),
      )
      const author = person.kind === 'member' ? 'member' : 'customer'
      const memberId = person.kind === 'member' ? person.id : null
      await manager.insert(Message, { conversationId: conversation.id, author, memberId, body, createdAt })
      return conversation
    })
  }

  /** What a member answers waits for the customer; what a customer writes opens the conversation again. */
  @Audited('conversations.write', { params: (_person, conversation, { isInternal }) => ({ conversation, isInternal }) })
  write(person: Person, id: string, { body, isInternal = false }: WriteMessageDto): Promise<Message> {
    return this.change(person, id, async (conversation, manager) => {
      const isMember = person.kind === 'member'
      if (!isMember || !isInternal) {
        conversation.state = isMember ? 'waiting' : 'open'
        conversation.closedAt = null
      }
      return manager.save(
        manager.create(Message, {
          conversationId: id,
          author: isMember ? 'member' : 'customer',
          memberId: isMember ? person.id : null,
          body,
          isInternal: isMember && isInternal,
          createdAt: this.clock.now(),
        }),
      )
    })
  }

  @Audited('conversations.change', { params: (_member, conversation, request) => ({ conversation, ...request }) })
  async changeConversation(member: MemberPerson, id: string, request: ChangeConversationDto): Promise<Conversation> {
    return this.change(member, id, (conversation) => {
      const { assignee, priority, tags } = request
      if (assignee !== undefined) conversation.assigneeId = assignee
      if (priority !== undefined) conversation.priority = priority
      if (tags !== undefined) conversation.tags = tags
      return conversation
    })
  }

  @Audited('conversations.close', { params: (_member, conversation) => ({ conversation }) })
  close(member: MemberPerson, id: string): Promise<Conversation> {
    return this.change(member, id, (conversation) => {
      conversation.state = 'closed'
      conversation.closedAt = this.clock.now()
      return conversation
    })
  }

  /** Into the bin, with all messages that are not there yet: the same instant says that they went together. */
  @Audited('conversations.delete', { params: (_member, conversation) => ({ conversation }) })
  delete(member: MemberPerson, id: string): Promise<Conversation> {
    return this.change(member, id, async (conversation, manager) => {
      const deletedAt = this.clock.now()
      await manager.update(Message, { conversationId: id, deletedAt: IsNull() }, { deletedAt })
      conversation.deletedAt = deletedAt
      return conversation
    })
  }

  @Audited('conversations.restore', { params: (_member, conversation) => ({ conversation }) })
  restore({ workspace }: MemberPerson, id: string): Promise<Restored> {
    return this.dataSource.transaction(async (manager) => {
      if (!(await manager.existsBy(Conversation, { id, workspaceId: workspace }))) throw noConversation(id)
      return restoreConversation(databaseOf(manager), id)
    })
  }

  private change<Result>(
    { workspace }: Person,
    id: string,
    edit: (conversation: Conversation, manager: EntityManager) => Result | Promise<Result>,
  ): Promise<Result> {
    return this.dataSource.transaction(async (manager) => {
      const conversation = await manager.findOne(Conversation, {
        where: { id, deletedAt: IsNull(), ...(workspace === null ? {} : { workspaceId: workspace }) },
        lock: { mode: 'pessimistic_write' },
      })
      if (conversation === null) throw noConversation(id)
      const result = await edit(conversation, manager)
      await manager.save(conversation)
      return result
    })
  }
}

function noConversation(id: string): Refusal {
  return new Refusal(
    'NOT_FOUND',
    `There is no conversation ${id}.`,
    'It may have been deleted: an admin can restore it.',
  )
}
