// Orders over HTTP.
import { Body, Controller, ForbiddenException, Get, HttpCode, Param, Patch, Post } from '@nestjs/common'
import { AdminOnly, type MemberPerson, type Person, SignedIn, SignedInMember } from '../sign-in/person.ts'
import { CancelOrderDto, CorrectOrderDto, DeleteOrdersDto, RefundOrderDto } from './change-order.dto.ts'
import { OrdersService } from './orders.service.ts'
import { PlaceOrderDto } from './place-order.dto.ts'

@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Get(':number')
  find(@SignedIn() person: Person, @Param('number') number: string) {
    return this.orders.find(person, number)
  }

  @Post()
  place(@SignedIn() person: Person, @Body() request: PlaceOrderDto) {
    return this.orders.place(person, request)
  }

  @Post(':number/pay')
  @HttpCode(200)
  pay(@SignedIn() person: Person, @Param('number') number: string) {
    if (person.kind !== 'program') throw new ForbiddenException('Only the payment provider says that money is there.')
    return this.orders.pay(number)
  }

  @Post(':number/cancel')
  @HttpCode(200)
  cancel(@SignedIn() person: Person, @Param('number') number: string, @Body() _request: CancelOrderDto) {
    return this.orders.cancel(person, number)
  }

  @Patch(':number')
  correct(@SignedInMember() member: MemberPerson, @Param('number') number: string, @Body() request: CorrectOrderDto) {
    return this.orders.correct(member, number, request)
  }

  @Post(':number/refund')
  @HttpCode(200)
  refund(@SignedInMember() member: MemberPerson, @Param('number') number: string, @Body() request: RefundOrderDto) {
    return this.orders.refund(member, number, request)
  }

  @Post('delete')
  @HttpCode(200)
  @AdminOnly()
  deleteMany(@SignedInMember() member: MemberPerson, @Body() request: DeleteOrdersDto) {
    return this.orders.deleteMany(member, request)
  }
}
