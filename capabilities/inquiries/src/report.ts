// The numbers of the weeks: how many were asked and answered, and how long it took.
import { Actor } from '@steward/base'
import { z } from 'zod'

const minutes = { medianMinutes: z.number().nullable(), p90Minutes: z.number().nullable() }

/**
 * One week, from Monday 0:00 in the time zone asked for. `asked` counts questions of this week; `answered` and the minutes are
 * of the answers that were given in it, whenever the question was asked, and null where there was none.
 */
export const Week = z.object({
  from: z.iso.date().describe('the Monday'),
  asked: z.number(),
  answered: z.number(),
  ...minutes,
  askers: z.array(z.object({ person: Actor, asked: z.number() })),
  owners: z.array(z.object({ person: Actor, answered: z.number(), ...minutes })),
})
/** See the schema of the same name. */
export type Week = z.infer<typeof Week>

/** Which weeks: `weeks` of them, the last one that of the day `until`; today unless given. */
export const WeekQuestion = z.object({
  weeks: z.number().int().min(1).max(104).default(8).describe('How many weeks'),
  until: z.iso.date().nullable().default(null).describe('A day of the last week; today unless given'),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'it is no time zone such as Asia/Seoul')
    .default('UTC')
    .describe('Where a week begins'),
})
/** See the schema of the same name. */
export type WeekQuestion = z.infer<typeof WeekQuestion>

/** Names alone: an offset such as +09:00 means the opposite to PostgreSQL. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format(0)
    return true
  } catch {
    return false
  }
}
