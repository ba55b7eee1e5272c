// What inquiries promise to do; safe in a browser.
import { type CommandLine, procedure } from '@steward/contract'
import { z } from 'zod'
import { EntityName, InquiryDetails, InquiryId, OperationId, Prose, RecordKey, TicketUrl, Title } from '../inquiry.ts'

const one = z.object({ id: InquiryId })
const shown: CommandLine['show'] = [{ as: 'facts', columns: ['id', 'title', 'state', 'owner', 'answer'] }]

/** A question, and what it is about. */
const Question = z
  .object({
    text: Prose.describe('What you want to know'),
    title: Title.nullable().default(null).describe('What stands in lists; the first line of the text unless given'),
    entity: EntityName.nullable().default(null).describe('The table of the record that it is about'),
    key: RecordKey.nullable().default(null).describe('Which record: the value, column=value, or JSON'),
    operation: OperationId.nullable().default(null).describe('The operation that it is about'),
    ticketUrl: TicketUrl.nullable().default(null),
  })
  .refine(({ entity, key }) => (entity === null) === (key === null), 'a record is named by entity and key together')
  .refine(({ entity, operation }) => entity === null || operation === null, 'it is about a record or an operation')

export const deedsContract = {
  ask: procedure({
    summary: 'Asks a developer, about a record, an operation, or nothing in particular',
    effect: 'write',
    permission: 'inquiries:ask',
    http: { path: '/' },
    cli: {
      args: ['text'],
      show: shown,
      values: { entity: 'table', operation: 'id', ticketUrl: 'url' },
      examples: [
        '"Their orders of yesterday are gone" --entity customers --key 7 --ticket-url https://desk.example.com/t/42',
        '"Was this a release of ours?" --operation 01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11',
      ],
    },
  })
    .input(Question)
    .output(InquiryDetails),
  take: procedure({
    summary: 'Takes an inquiry: you are its owner from now on',
    description: 'Of several who take it at once one gets it, and the others hear who.',
    effect: 'write',
    permission: 'inquiries:take',
    http: { path: '/{id}/take' },
    cli: { args: ['id'], show: shown, examples: ['42'] },
  })
    .input(one)
    .output(InquiryDetails),
  assign: procedure({
    summary: 'Gives an inquiry to somebody, or to nobody, whoever has it now',
    effect: 'write',
    permission: 'inquiries:assign',
    http: { path: '/{id}/assign' },
    cli: { args: ['id', 'person'], show: shown, examples: ['42 kim@example.com', '42'] },
  })
    .input(
      one.extend({
        person: z
          .string()
          .trim()
          .min(1)
          .max(320)
          .nullable()
          .default(null)
          .describe('Their e-mail address or id; left out: nobody'),
      }),
    )
    .output(InquiryDetails),
  comment: procedure({
    summary: 'Says something in the thread of an inquiry',
    effect: 'write',
    permission: 'inquiries:comment',
    http: { path: '/{id}/comment' },
    cli: { args: ['id', 'text'], show: shown, examples: ['42 "Which of their two accounts?"'] },
  })
    .input(one.extend({ text: Prose }))
    .output(InquiryDetails),
  link: procedure({
    summary: 'Links an operation to an inquiry, such as the revert that solved it',
    effect: 'write',
    permission: 'inquiries:link',
    http: { path: '/{id}/link' },
    cli: { args: ['id', 'operation'], show: shown, examples: ['42 01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11'] },
  })
    .input(one.extend({ operation: OperationId }))
    .output(InquiryDetails),
  unlink: procedure({
    summary: 'Takes an operation off an inquiry',
    effect: 'write',
    permission: 'inquiries:link',
    http: { path: '/{id}/unlink' },
    cli: { args: ['id', 'operation'], show: shown, examples: ['42 01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11'] },
  })
    .input(one.extend({ operation: OperationId }))
    .output(InquiryDetails),
  answer: procedure({
    summary: 'Answers an inquiry',
    description: 'Whoever answers what nobody had taken is its owner.',
    effect: 'write',
    permission: 'inquiries:answer',
    http: { path: '/{id}/answer' },
    cli: { args: ['id', 'text'], show: shown, examples: ['42 "Their own admin deleted them; they are back."'] },
  })
    .input(one.extend({ text: Prose }))
    .output(InquiryDetails),
  close: procedure({
    summary: 'Closes an inquiry that needs nothing more, answered or not',
    effect: 'write',
    permission: 'inquiries:close',
    http: { path: '/{id}/close' },
    cli: { args: ['id'], show: shown, examples: ['42', '42 --reason "asked twice"'] },
  })
    .input(one)
    .output(InquiryDetails),
  reopen: procedure({
    summary: 'Opens an inquiry again that was answered or closed',
    description: 'Its answer moves to the thread, and the minutes count on until it is answered again.',
    effect: 'write',
    permission: 'inquiries:close',
    http: { path: '/{id}/reopen' },
    cli: { args: ['id'], show: shown, examples: ['42 --reason "it happened again"'] },
  })
    .input(one)
    .output(InquiryDetails),
}
