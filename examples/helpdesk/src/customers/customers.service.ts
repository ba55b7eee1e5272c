// What can be done with customers.
import { Injectable } from '@nestjs/common'
import { Audited } from '@steward/trail'
import { DataSource, In } from 'typeorm'
import { Clock } from '../clock/clock.ts'
import { databaseOf } from '../database/database-of.ts'
import { Refusal } from '../refusal.ts'
import type { MemberPerson } from '../sign-in/person.ts'
import type { CreateCustomerDto } from './create-customer.dto.ts'
import { Customer } from './customer.entity.ts'
import { type Merged, mergeCustomers } from './merge-customers.ts'
import type { UpdateCustomerDto } from './update-customer.dto.ts'

@Injectable()
export class CustomersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async find({ workspace }: MemberPerson, id: string): Promise<Customer> {
    const customer = await this.dataSource.manager.findOneBy(Customer, { id, workspaceId: workspace })
    if (customer === null) throw new Refusal('NOT_FOUND', `There is no customer ${id}.`)
    return customer
  }

  @Audited('customers.create', { params: (_member, { company, email }) => ({ company, email }) })
  create({ workspace }: MemberPerson, request: CreateCustomerDto): Promise<Customer> {
    const { manager } = this.dataSource
    const customer = manager.create(Customer, { workspaceId: workspace, createdAt: this.clock.now() })
    return manager.save(Object.assign(customer, request))
  }

  // Which fields and not their values: the trail has those in the changes, where masks hold.
  @Audited('customers.update', { params: (_member, customer, request) => ({ customer, fields: Object.keys(request) }) })
  async update(member: MemberPerson, id: string, request: UpdateCustomerDto): Promise<Customer> {
    const customer = await this.find(member, id)
    if (customer.state === 'closed') throw new Refusal('NOT_POSSIBLE', `Customer ${id} is closed.`)
    return this.dataSource.manager.save(Object.assign(customer, request))
  }

  @Audited('customers.merge', { params: (_member, into, from) => ({ into, from }) })
  merge({ workspace }: MemberPerson, into: string, from: string): Promise<Merged> {
    return this.dataSource.transaction(async (manager) => {
      const known = await manager.countBy(Customer, { id: In([into, from]), workspaceId: workspace })
      if (known < new Set([into, from]).size) throw new Refusal('NOT_FOUND', 'One of the two is not a customer here.')
      return mergeCustomers(databaseOf(manager), { into, from })
    })
  }
}
