// A colleague to whom an inquiry can be given: their shape, browser-safe.
import { z } from 'zod'

/** A colleague as the picker of owners shows them. */
export const Colleague = z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() })
/** See the schema of the same name. */
export type Colleague = z.infer<typeof Colleague>
