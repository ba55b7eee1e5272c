// What an inquiry is: its shape and the rules that need no database.
import { Actor } from '@steward/base'
import { z } from 'zod'

/** How long a question, a comment or an answer may be, in characters. */
export const longestText = 10_000

const unkeepable = 'it holds a character that no database keeps (NUL, or half of a surrogate pair)'

/** What people write: without spaces around it, not empty, with every character of Unicode but NUL. */
function prose(longest: number): z.ZodType<string, string> {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !text.includes('\u0000') && text.isWellFormed(), unkeepable)
}

/** The number of an inquiry, as people say it. */
export const InquiryId = z.number().int().min(1).max(2_147_483_647).describe('The number of the inquiry')

/** A question, a comment, an answer. */
export const Prose = prose(longestText)

/** What stands above a question in a list. */
export const Title = prose(200)

/** The name of a table, or schema.table outside public. */
export const EntityName = prose(200)

/** Which record: the value, column=value,column=value, or JSON. */
export const RecordKey = prose(1000)

/** Words to look for. */
export const Words = prose(200)

/** The id of an operation in the trail. */
export const OperationId = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.guid('it is not the id of an operation'))
  .describe('The id of an operation')

/** Where the customer wrote: an address on the web and nothing else, since it becomes a link. */
export const TicketUrl = z
  .string()
  .trim()
  .max(2000)
  .refine(isOnTheWeb, 'it is not an address that begins with http:// or https://')
  .describe('The customer’s ticket')

/** Parsers skip over line breaks and repair what is missing; a link must read as what it is. */
function isOnTheWeb(text: string): boolean {
  return /^https?:\/\/[^\s/?#\\\u0000-\u001f]+[^\s\u0000-\u001f]*$/i.test(text) && URL.canParse(text)
}

/**
 * Where an inquiry stands: `open` waits for somebody, `taken` has an owner who is at it, `answered` has its answer, `closed`
 * needs nothing more, answered or not.
 */
export const InquiryState = z.enum(['open', 'taken', 'answered', 'closed'])
/** See the schema of the same name. */
export type InquiryState = z.infer<typeof InquiryState>

/** What it is about: names alone, never values of the record. Null where it is about nothing in particular. */
export const Subject = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('record'), entity: z.string(), key: z.string() }),
    z.object({ kind: z.literal('operation'), operation: z.string() }),
  ])
  .nullable()
/** See the schema of the same name. */
export type Subject = z.infer<typeof Subject>

const Instant = z.iso.datetime({ offset: true })

/**
 * An inquiry as a list shows it. Times are ISO times with their offset; `minutesToAnswer` counts from the question to the answer
 * that stands, and is null while there is none.
 */
export const Inquiry = z.object({
  id: z.number(),
  title: z.string(),
  state: InquiryState,
  subject: Subject,
  ticketUrl: z.string().nullable(),
  askedBy: Actor,
  askedAt: Instant,
  owner: Actor.nullable(),
  answeredBy: Actor.nullable(),
  answeredAt: Instant.nullable(),
  minutesToAnswer: z.number().nullable(),
  closedAt: Instant.nullable(),
  changedAt: Instant,
  comments: z.number().describe('how many'),
})
/** See the schema of the same name. */
export type Inquiry = z.infer<typeof Inquiry>

/** One entry of the thread: something said (`text`), or something done: to whom (`to`), with which operation. */
export const Entry = z.object({
  id: z.number(),
  kind: z.enum(['comment', 'answer', 'taken', 'assigned', 'released', 'linked', 'unlinked', 'closed', 'reopened']),
  at: Instant,
  by: Actor,
  text: z.string().nullable(),
  operation: z.string().nullable(),
  to: Actor.nullable(),
})
/** See the schema of the same name. */
export type Entry = z.infer<typeof Entry>

/** An operation that belongs to an inquiry. */
export const Link = z.object({ operation: z.string(), linkedBy: Actor, linkedAt: Instant })
/** See the schema of the same name. */
export type Link = z.infer<typeof Link>

/** An inquiry with all that was said, oldest first. */
export const InquiryDetails = Inquiry.extend({
  text: z.string(),
  answer: z.string().nullable(),
  entries: z.array(Entry),
  operations: z.array(Link),
})
/** See the schema of the same name. */
export type InquiryDetails = z.infer<typeof InquiryDetails>

/** Whether two actors are the same one, whatever they are called. */
export function isSame(one: Actor, other: Actor): boolean {
  return one.type === other.type && one.id === other.id
}

/** What people call an actor. */
export function nameOf({ name, id }: Actor): string {
  return name ?? id
}

/** The first line of a question where it was given no title, cut at a word. */
export function titleOf(text: string): string {
  const line = (text.split('\n', 1)[0] as string).trim()
  const characters = [...line]
  if (characters.length <= longestTitle) return line
  const cut = characters.slice(0, longestTitle).join('')
  return `${cut.replace(/\s+\S*$/u, '')}…`
}

const longestTitle = 100
