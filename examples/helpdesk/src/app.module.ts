// The helpdesk put together: database, sign-in, trail, and a module for each noun.
import { type DynamicModule, Module, ValidationPipe } from '@nestjs/common'
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core'
import { TypeOrmModule } from '@nestjs/typeorm'
import { TrailModule } from '@steward/trail/nest'
import { DataSource } from 'typeorm'
import { Article } from './articles/article.entity.ts'
import { ArticlesModule } from './articles/articles.module.ts'
import { BillingModule } from './billing/billing.module.ts'
import { Subscription } from './billing/subscription.entity.ts'
import { ClockModule } from './clock/clock.module.ts'
import { Clock } from './clock/clock.ts'
import { Conversation } from './conversations/conversation.entity.ts'
import { ConversationsModule } from './conversations/conversations.module.ts'
import { Message } from './conversations/message.entity.ts'
import { Customer } from './customers/customer.entity.ts'
import { CustomersModule } from './customers/customers.module.ts'
import { Member } from './members/member.entity.ts'
import { MembersModule } from './members/members.module.ts'
import { Order } from './orders/order.entity.ts'
import { OrderItem } from './orders/order-item.entity.ts'
import { OrdersModule } from './orders/orders.module.ts'
import { RefusalFilter } from './refusal.filter.ts'
import { actorOf, type SignedInRequest } from './sign-in/person.ts'
import { type ProgramKeys, programKeys, SignInGuard } from './sign-in/sign-in.guard.ts'
import { Workspace } from './workspaces/workspace.entity.ts'
import { WorkspacesModule } from './workspaces/workspaces.module.ts'

const entities = [Article, Conversation, Customer, Member, Message, Order, OrderItem, Subscription, Workspace]

/** What the helpdesk is started with. */
export type HelpdeskOptions = { databaseUrl: string; programKeys: ProgramKeys; clock?: Clock }

@Module({})
export class AppModule {
  static with({ databaseUrl, programKeys: keys, clock = new Clock() }: HelpdeskOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        TypeOrmModule.forRoot({ type: 'postgres', url: databaseUrl, entities, synchronize: false }),
        // From here on every change carries who has signed in, the request, and what was called.
        TrailModule.forRootAsync({
          inject: [DataSource],
          useFactory: (dataSource: DataSource) => ({
            dataSource,
            actor: ({ person }: SignedInRequest) => person && actorOf(person),
            reason: ({ body }: SignedInRequest) => (body as { reason?: string } | undefined)?.reason,
          }),
        }),
        ClockModule.with(clock),
        WorkspacesModule,
        MembersModule,
        CustomersModule,
        ConversationsModule,
        OrdersModule,
        BillingModule,
        ArticlesModule,
      ],
      providers: [
        { provide: programKeys, useValue: keys },
        { provide: APP_GUARD, useClass: SignInGuard },
        { provide: APP_FILTER, useClass: RefusalFilter },
        {
          provide: APP_PIPE,
          useValue: new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }),
        },
      ],
    }
  }
}
