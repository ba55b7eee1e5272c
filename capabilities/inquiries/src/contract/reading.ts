// What inquiries promise to readers; safe in a browser.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import {
  EntityName,
  Inquiry,
  InquiryDetails,
  InquiryId,
  InquiryState,
  OperationId,
  RecordKey,
  Words,
} from '../inquiry.ts'
import { Colleague } from '../person.ts'
import { Week, WeekQuestion } from '../report.ts'

const ActorId = z.string().min(1).max(320).nullable().default(null)

/** Which inquiries: all that is given must hold. */
const Filter = z
  .object({
    state: z.array(InquiryState).default([]).describe('In one of these states; any unless given'),
    mine: z.boolean().default(false).describe('Those that you own'),
    unowned: z.boolean().default(false).describe('Those that nobody has taken'),
    owner: ActorId.describe('Who owns it, by id'),
    asker: ActorId.describe('Who asked, by id'),
    text: Words.nullable().default(null).describe('These words in what was said, the ticket or the key; or the number'),
    entity: EntityName.nullable().default(null).describe('About records of this table'),
    key: RecordKey.nullable().default(null).describe('About this record'),
    operation: OperationId.nullable().default(null).describe('About this operation, or linked to it'),
    limit: z.number().int().min(1).max(200).default(50).describe('At most so many'),
    after: InquiryId.nullable().default(null).describe('The next page: what `next` said'),
  })
  .refine(({ entity, key }) => key === null || entity !== null, 'a record is named by entity and key together')

export const readingContract = {
  list: procedure({
    summary: 'Lists inquiries, the newest first',
    effect: 'read',
    permission: 'inquiries:list',
    http: { path: '/' },
    cli: {
      values: { owner: 'id', asker: 'id', entity: 'table', operation: 'id', after: 'next' },
      show: [
        {
          as: 'table',
          of: 'inquiries',
          columns: ['id', 'state', 'title', 'askedBy', 'askedAt', 'owner', 'minutesToAnswer'],
          empty: 'No inquiries.',
        },
        { as: 'facts', columns: ['next'] },
      ],
      examples: ['--state open,taken', '--mine --state taken', '--entity orders --key 1042', '--text refund'],
    },
  })
    .input(Filter)
    .output(z.object({ inquiries: z.array(Inquiry), next: z.number().nullable() })),
  read: procedure({
    summary: 'Shows an inquiry with its thread',
    effect: 'read',
    permission: 'inquiries:read',
    http: { path: '/{id}' },
    cli: {
      args: ['id'],
      show: [
        {
          as: 'facts',
          columns: ['id', 'title', 'state', 'subject', 'ticketUrl', 'askedBy', 'askedAt', 'owner', 'text', 'answer'],
        },
        { as: 'table', of: 'entries', title: 'Thread', columns: ['at', 'by', 'kind', 'text', 'operation'] },
        { as: 'table', of: 'operations', title: 'Operations', columns: ['operation', 'linkedBy', 'linkedAt'] },
      ],
      examples: ['42'],
    },
  })
    .input(z.object({ id: InquiryId }))
    .output(InquiryDetails),
  people: procedure({
    summary: 'Lists to whom an inquiry can be given',
    effect: 'read',
    permission: 'inquiries:assign',
    cli: { show: [{ as: 'table', columns: ['name', 'email', 'id'], empty: 'Nobody yet.' }], examples: [''] },
  })
    .input(z.object({}))
    .output(z.array(Colleague)),
  attention: procedure({
    summary: 'Counts what waits: for you as owner, for anybody, and the answers to your own questions',
    effect: 'read',
    permission: 'inquiries:list',
    cli: { show: [{ as: 'facts' }], examples: [''] },
  })
    .input(z.object({}))
    .output(
      z.object({
        mine: z.number().describe('taken by you, without an answer'),
        unowned: z.number().describe('open: nobody has taken them'),
        answered: z.number().describe('asked by you, answered, not closed'),
      }),
    ),
  week: procedure({
    summary: 'Counts questions and answers by week, with the minutes to answer, by asker and owner',
    effect: 'read',
    permission: 'inquiries:report',
    cli: {
      values: { until: 'day', timeZone: 'zone' },
      show: [{ as: 'table', columns: ['from', 'asked', 'answered', 'medianMinutes', 'p90Minutes'] }],
      examples: ['--weeks 4 --time-zone Asia/Seoul', '--until 2026-11-22'],
    },
  })
    .input(WeekQuestion)
    .output(z.array(Week)),
}
