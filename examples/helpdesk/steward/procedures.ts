// Three business functions of the service as procedures of Steward: the same code, in Steward's transaction.
import { defineProcedure, type ServiceProcedure, StewardError } from 'steward/config'
import { z } from 'zod'
import { restoreConversation } from '../src/conversations/restore-conversation.ts'
import { mergeCustomers } from '../src/customers/merge-customers.ts'
import { refundOrder } from '../src/orders/refund-order.ts'
import { Refusal, type RefusalCode } from '../src/refusal.ts'

const refund = defineProcedure({
  name: 'orders.refund',
  summary: 'Refunds an order, wholly or in part',
  description: 'Writes the refund down and the order with it. The payment provider is told by the job that settles.',
  effect: 'danger',
  permission: 'orders:refund',
  entity: 'orders',
  input: z.object({
    order: z.string().min(1).describe('The number of the order (HD-10482), or its id'),
    amount: z
      .string()
      .regex(/^\d{1,12}(\.\d{1,2})?$/)
      .optional()
      .describe("In the order's currency: 12000 or 12000.50. All that is left of it unless given"),
    note: z.string().max(500).default('').describe('For the customer; it stands on the refund'),
  }),
  output: z.object({ refund: z.string(), order: z.string(), amount: z.string(), status: z.string() }),
  cli: { args: ['order'] },
  run: ({ transaction }, request) => answering(() => refundOrder(transaction, request)),
})

const merge = defineProcedure({
  name: 'customers.merge',
  summary: 'Merges two customers that are one',
  description: 'Moves conversations and orders from the one to the other, and closes the one that is empty then.',
  effect: 'danger',
  permission: 'customers:merge',
  entity: 'customers',
  input: z.object({
    into: z.string().regex(/^\d+$/).describe('The id of the customer that stays'),
    from: z.string().regex(/^\d+$/).describe('The id of the customer that goes into it and is closed'),
  }),
  output: z.object({ into: z.string(), from: z.string(), conversations: z.number(), orders: z.number() }),
  cli: { args: ['into', 'from'] },
  run: ({ transaction }, request) => answering(() => mergeCustomers(transaction, request)),
})

const restore = defineProcedure({
  name: 'conversations.restore',
  summary: 'Restores a deleted conversation with its messages',
  description: 'Messages that somebody had deleted one by one before it stay deleted.',
  effect: 'write',
  permission: 'conversations:restore',
  entity: 'conversations',
  input: z.object({ conversation: z.uuid().describe('The id of the conversation') }),
  output: z.object({ conversation: z.string(), subject: z.string(), messages: z.number() }),
  cli: { args: ['conversation'] },
  run: ({ transaction }, { conversation }) => answering(() => restoreConversation(transaction, conversation)),
})

/**
 * The procedures of the helpdesk.
 *
 * @example
 * defineConfig({ procedures })
 */
export const procedures: readonly ServiceProcedure[] = [refund, merge, restore]

const statuses: Record<RefusalCode, number> = { NOT_FOUND: 404, NOT_POSSIBLE: 409, NOT_SENSIBLE: 422 }

/** A no of the domain as people of Steward meet every error: with code, message and hint. */
async function answering<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, message, hint } = error
    throw new StewardError({ code: `HELPDESK_${code}`, message, hint, status: statuses[code], cause: error })
  }
}
