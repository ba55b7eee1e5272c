// Who acts: the one shape of an actor everywhere, in code, on the wire and in the trail.
import { z } from 'zod'

/**
 * Who did something: a user of the service, a colleague (`staff`), another program (`service`) or the machinery itself
 * (`system`). `id` is whatever identifies them where they come from; `name` is for people's eyes only.
 *
 * @example
 * const actor: Actor = Actor.parse({ type: 'staff', id: 'kim', name: '김하늘' })
 */
export const Actor = z.object({
  type: z.enum(['user', 'staff', 'service', 'system']),
  id: z.string().min(1),
  name: z.string().nullable().optional(),
})

/** The parsed shape of an actor. */
export type Actor = z.infer<typeof Actor>
