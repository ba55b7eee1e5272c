// What all parts of the imagined past share: the world, chance, the calendar, and what is to happen when.
import { type Program, programs } from '../sign-in/programs.ts'
import { type Calendar, toldDays } from './calendar.ts'
import type { Random } from './random.ts'
import { Schedule } from './schedule.ts'
import type { Act, Row, World } from './world.ts'

/** How much of everything there is in the whole demo, at scale 1. */
export const amounts = {
  workspaces: 40,
  customers: 2_500,
  orders: 3_000,
  conversations: 3_700,
  customerEdits: 2_300,
  articles: 150,
} as const

/** One of the amounts that come in over time. */
export type Amount = keyof typeof amounts

/** The past while it is being imagined. */
export class Past {
  readonly world: World
  readonly random: Random
  readonly calendar: Calendar
  readonly scale: number
  /** Ids that the database would have given. */
  readonly nextId: Record<'members' | 'customers' | 'messages' | 'orders', number> = {
    members: 1,
    customers: 1001,
    messages: 1,
    orders: 1,
  }
  /** Who belongs to a story: nobody else's chance touches them. */
  readonly spared = new Set<Row>()
  /** The addresses of workspaces by their ids. */
  readonly slugs = new Map<unknown, string>()
  readonly #schedule: Schedule<void>

  constructor(world: World, random: Random, { calendar, scale }: { calendar: Calendar; scale: number }) {
    this.world = world
    this.random = random
    this.calendar = calendar
    this.scale = scale
    this.#schedule = new Schedule(calendar.trailBegins)
  }

  /** To happen at that instant, unless that is after the past. */
  plan(at: number, work: (at: number) => void): void {
    this.#schedule.plan(at, work)
  }

  /** Lets everything happen. */
  happen(): void {
    for (const { at, work } of this.#schedule.due()) work(at)
  }

  /** How many of something there are on a day. */
  dailyCount(amount: Amount, daysAgo: number): number {
    const { calendar, scale } = this
    let total = 0
    for (let day = 0; day < toldDays; day += 1) total += calendar.busyness(day)
    return Math.round(
      ((amounts[amount] * scale) / total) * calendar.busyness(daysAgo) * (0.9 + this.random.next() * 0.2),
    )
  }

  /** A member or a customer as an actor, as the service itself would write them down. */
  by(kind: 'member' | 'customer', row: Row): Act['actor'] {
    const slug = this.slugs.get(row['workspace_id']) ?? ''
    return {
      type: 'user',
      id: `${kind}:${row['id']}`,
      name: `${row['name']} (${typeof row['role'] === 'string' ? row['role'] : kind} of ${slug})`,
    }
  }

  /** An instant in the working hours of a day: most before and after lunch. */
  workingInstant(daysAgo: number): number {
    const hour = this.random.chance(0.5) ? 9 + this.random.next() * 3.2 : 13 + this.random.next() * 5.5
    return this.calendar.at(daysAgo, '00:00') + Math.round(hour * 3600) * 1000
  }
}

/** One of our programs as an actor. */
export function byProgram(id: Program): Act['actor'] {
  return { type: 'service', id, name: programs[id] }
}
