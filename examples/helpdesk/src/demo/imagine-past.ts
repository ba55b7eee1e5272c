// Imagines the days before the trail began: the rows as they stand then, and the operations that lead to them.
import { type Acme, firstOrderId, plantAcme } from './acme.ts'
import type { Calendar } from './calendar.ts'
import { Past } from './past.ts'
import { pastConversations } from './past-conversations.ts'
import { pastCustomers } from './past-customers.ts'
import { pastOrders } from './past-orders.ts'
import { pastWorkspaces, type Tenant } from './past-workspaces.ts'
import { Random } from './random.ts'
import { World } from './world.ts'

/** What came out. */
export type Imagined = { world: World; tenants: Tenant[]; acme: Acme; random: Random }

/** The same for the same seed, scale and day. */
export function imaginePast(calendar: Calendar, { seed, scale }: { seed: number; scale: number }): Imagined {
  const random = new Random(seed)
  const world = new World(random)
  const past = new Past(world, random, { calendar, scale })
  const tenants = pastWorkspaces(past)
  const [first] = tenants
  if (first === undefined) throw new RangeError('The demo needs a workspace.')
  pastCustomers(past, tenants)
  const { planned, namedAt, ...acme } = plantAcme(past, first)
  past.nextId.orders = firstOrderId(pastOrders(past, tenants, planned), namedAt)
  pastConversations(past, tenants)
  past.happen()
  return { world, tenants, acme, random }
}
