// A saved view of a list: which columns, which records, in which order; safe in a browser.
import { Actor } from '@steward/base'
import { z } from 'zod'

const entity = z
  .string()
  .regex(/^[^\0]{1,200}$/)
  .describe('Its name, as orders or billing.invoices')
const text = (most: number) =>
  z
    .string()
    .regex(/^[^\0]*$/, 'has a NUL character')
    .max(most)

/** What a view shows. */
const shown = {
  columns: z
    .array(text(200))
    .max(500)
    .nullable()
    .default(null)
    .describe("By name, in order; as the entity's list has them unless given"),
  filter: text(8000).default('').describe('As in an address of the API: status=eq.paid&total=gte.100'),
  order: text(2000).default('').describe('As in an address of the API: total.desc,id'),
}

/**
 * A view as it is handed out.
 *
 * @example
 * const mine = (views: SavedView[]) => views.filter(({ isOwn }) => isOwn)
 */
export const SavedView = z.object({
  id: z.string(),
  entity: z.string(),
  name: z.string(),
  columns: z.array(z.string()).nullable(),
  filter: z.string(),
  order: z.string(),
  isShared: z.boolean().describe('Others may use it, too'),
  isOwn: z.boolean().describe('Of whoever asks'),
  owner: Actor,
  savedAt: z.iso.datetime({ offset: true }),
})

/** A view as it is handed out. */
export type SavedView = z.infer<typeof SavedView>

/** What is saved; with `id` it takes the place of what the view was. */
export const ViewToSave = z.object({
  id: z.uuid().optional().describe('Of a view of your own, to change it'),
  entity,
  name: z
    .string()
    .trim()
    .regex(/^[^\0]{1,80}$/)
    .describe('What people call it'),
  ...shown,
  isShared: z.boolean().default(false).describe('Others may use it, too'),
})

/** What is saved, parsed. */
export type ViewToSave = z.infer<typeof ViewToSave>

/** Whose views are asked for. */
export const ViewFilter = z.object({ entity })

/** Which view is meant. */
export const ViewName = z.object({ id: z.uuid().describe('As `views` shows it') })
