// What a session is: its shape, and how long it lasts.
import { z } from 'zod'
import { Instant } from './person.ts'

/** After so many days a session ends, however busy it was. */
export const longestDays = 7

/** After so many hours without a request a session ends. */
export const idleHours = 12

/** A session as people see it; `lastSeenAt` is exact to the minute. What the cookie holds is nowhere in it. */
export const Session = z.object({
  id: z.string(),
  personId: z.string(),
  email: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: Instant,
  lastSeenAt: Instant,
  expiresAt: Instant,
})
/** See the schema of the same name. */
export type Session = z.infer<typeof Session>
