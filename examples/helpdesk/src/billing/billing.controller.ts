// The subscription of the workspace over HTTP.
import { Body, Controller, Get, NotFoundException, Patch } from '@nestjs/common'
import { AdminOnly, type MemberPerson, SignedInMember } from '../sign-in/person.ts'
import { BillingService } from './billing.service.ts'
import { ChangePlanDto } from './change-plan.dto.ts'
import type { Subscription } from './subscription.entity.ts'

@Controller('subscription')
export class BillingController {
  constructor(private readonly billing: BillingService) {}

  @Get()
  @AdminOnly()
  async find(@SignedInMember() member: MemberPerson): Promise<Subscription> {
    const subscription = await this.billing.findSubscription(member.workspace)
    if (subscription === null) throw new NotFoundException('This workspace has no subscription.')
    return subscription
  }

  @Patch()
  @AdminOnly()
  change(@SignedInMember() member: MemberPerson, @Body() request: ChangePlanDto): Promise<Subscription> {
    return this.billing.changePlan(member, request)
  }
}
