// Customers over HTTP.
import { Body, Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common'
import { AdminOnly, type MemberPerson, SignedInMember } from '../sign-in/person.ts'
import { CreateCustomerDto } from './create-customer.dto.ts'
import { CustomersService } from './customers.service.ts'
import { MergeCustomerDto } from './merge-customer.dto.ts'
import { UpdateCustomerDto } from './update-customer.dto.ts'

@Controller('customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  @Get(':id')
  find(@SignedInMember() member: MemberPerson, @Param('id') id: string) {
    return this.customers.find(member, id)
  }

  @Post()
  create(@SignedInMember() member: MemberPerson, @Body() request: CreateCustomerDto) {
    return this.customers.create(member, request)
  }

  @Patch(':id')
  update(@SignedInMember() member: MemberPerson, @Param('id') id: string, @Body() request: UpdateCustomerDto) {
    return this.customers.update(member, id, request)
  }

  @Post(':id/merge')
  @HttpCode(200)
  @AdminOnly()
  merge(@SignedInMember() member: MemberPerson, @Param('id') id: string, @Body() { from }: MergeCustomerDto) {
    return this.customers.merge(member, id, from)
  }
}
