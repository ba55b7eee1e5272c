// Who a person is: their shape and the rules that need no database.
import { z } from 'zod'

/** An ISO time with its offset. */
export const Instant = z.iso.datetime({ offset: true })

/** The name of a role, as the configuration has it. */
export const RoleName = z
  .string()
  .min(1)
  .max(200)
  .describe('The role: admin may do everything, reader may read everything, others are the configuration’s')

/** An e-mail address; capitals make no difference. */
export const Email = z.string().trim().toLowerCase().max(320).pipe(z.email()).describe('The e-mail address')

/**
 * A person as others see them. `hasPassword` is false until they have used the link that invited them; times are ISO times with
 * their offset.
 */
export const Person = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: RoleName,
  hasPassword: z.boolean(),
  createdAt: Instant,
  createdBy: z.string(),
  disabledAt: Instant.nullable(),
})
/** See the schema of the same name. */
export type Person = z.infer<typeof Person>

/** A person with the link by which they set their password: shown once, it works once, until `linkExpiresAt`. */
export const InvitedPerson = Person.extend({ link: z.string(), linkExpiresAt: Instant })
/** See the schema of the same name. */
export type InvitedPerson = z.infer<typeof InvitedPerson>

/** A password that somebody chooses: long rather than odd. */
export const NewPassword = z.string().min(12).max(200)
