// The same requests as most teams write them: NestJS controllers over TypeORM's repositories, entities out and in.
import 'reflect-metadata'
import { Body, Controller, Get, Inject, NotFoundException, Param, Post, Query } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { DataSource, EntitySchema } from 'typeorm'
import { answerQuestions } from '../client-process.ts'
import type { HandAnswer, HandQuestion } from './hand-written.ts'

type Line = { order_id: string; line: number; product: string; quantity: number; price: string; order?: Order }
type Order = { id: string; customer_id: string; status: string; total: string; order_lines?: Line[] }

const order = new EntitySchema<Order>({
  name: 'orders',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    customer_id: { type: 'bigint' },
    status: { type: 'text', default: 'open' },
    total: { type: 'numeric', precision: 12, scale: 2 },
    currency: { type: 'char', length: 3, default: 'EUR' },
    note: { type: 'text', nullable: true },
    placed_at: { type: 'timestamptz', default: () => 'now()' },
    shipping: { type: 'jsonb', default: {} },
  } as never,
  relations: { order_lines: { type: 'one-to-many', target: 'order_lines', inverseSide: 'order' } },
})

const line = new EntitySchema<Line>({
  name: 'order_lines',
  columns: {
    order_id: { type: 'bigint', primary: true },
    line: { type: 'int', primary: true },
    product: { type: 'text' },
    quantity: { type: 'int' },
    price: { type: 'numeric', precision: 12, scale: 2 },
  },
  relations: {
    order: { type: 'many-to-one', target: 'orders', joinColumn: { name: 'order_id' }, inverseSide: 'order_lines' },
  },
})

class OrdersController {
  readonly #orders

  constructor(source: DataSource) {
    this.#orders = source.getRepository(order)
  }

  async one(id: string): Promise<Order> {
    const found = await this.#orders.findOneBy({ id })
    if (found === null) throw new NotFoundException('There is no such order.')
    return found
  }

  list(customer: string, lines: string | undefined): Promise<Order[]> {
    return this.#orders.find({
      where: { customer_id: customer },
      order: { placed_at: 'DESC' } as never,
      take: 50,
      relations: { order_lines: lines === 'true' },
    })
  }

  insert(body: Order): Promise<Order> {
    return this.#orders.save(body)
  }
}

// What `@Get()` and its like do: Node strips types, and knows no decorators.
const methods = OrdersController.prototype
const routes: ['one' | 'list' | 'insert', MethodDecorator, ParameterDecorator[]][] = [
  ['one', Get('orders/:id'), [Param('id')]],
  ['list', Get('customers/:id/orders'), [Param('id'), Query('lines')]],
  ['insert', Post('orders'), [Body()]],
]
for (const [name, route, parameters] of routes) {
  route(methods, name, Object.getOwnPropertyDescriptor(methods, name) as PropertyDescriptor)
  for (const [at, parameter] of parameters.entries()) parameter(methods, name, at)
}
Controller()(OrdersController)
Inject(DataSource)(OrdersController, undefined, 0)

answerQuestions<HandQuestion, HandAnswer>(async ({ url }) => {
  const source = await new DataSource({ type: 'postgres', url, entities: [order, line] }).initialize()
  class ShopModule {}
  const app = await NestFactory.create(
    { module: ShopModule, controllers: [OrdersController], providers: [{ provide: DataSource, useValue: source }] },
    { logger: false },
  )
  await app.listen(0, '127.0.0.1')
  return { port: Number(new URL(await app.getUrl()).port), pid: process.pid }
})
