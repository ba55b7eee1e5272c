// Counts through the eyes of a role: of tables alone of which it sees every row, since a count tells of each.
import { type Activity, type ActivityQuestion, readActivity } from '../read/activity.ts'
import { type Blast, type BlastQuestion, readBlast } from '../read/blast.ts'
import { type ProcedureImpact, readImpact } from '../read/impact.ts'
import { readRelations } from '../relation.ts'
import { maskValues } from './mask-values.ts'
import { readableTables, type Sight } from './sight.ts'

/** What a procedure touched. `leftOut` are the tables that are not counted, since the role sees some of their rows only. */
export async function seeBlast(sight: Sight, question: BlastQuestion): Promise<Blast & { leftOut: string[] }> {
  const { counted, leftOut } = await countable(sight)
  const { entities, operations } = await readBlast(
    sight.queryable,
    question,
    counted.map(({ id }) => id),
  )
  const masked = counted.filter(({ hasMasks }) => hasMasks).map(({ id }) => String(id))
  const relations = [...(await readRelations(sight.queryable, masked)).values()]
  const masks = new Map(relations.map((relation) => [relation.entity, sight.of(relation).masks]))
  return {
    entities: entities.map((touched) => ({
      ...touched,
      sample: touched.sample.map((key) => maskValues(key, masks.get(touched.entity) ?? new Map())),
    })),
    operations,
    leftOut,
  }
}

/** The map of procedures, of the tables that are counted. */
export async function seeImpact(sight: Sight): Promise<ProcedureImpact[]> {
  const { counted } = await countable(sight)
  return readImpact(
    sight.queryable,
    {},
    counted.map(({ id }) => id),
  )
}

/** Counts over time, of changes of the tables that are counted and of the operations that made them. */
export async function seeActivity(sight: Sight, question: ActivityQuestion): Promise<Activity[]> {
  const { counted } = await countable(sight)
  return readActivity(
    sight.queryable,
    question,
    counted.map(({ id }) => id),
  )
}

type Countable = Awaited<ReturnType<typeof readableTables>>

async function countable(sight: Sight): Promise<{ counted: Countable; leftOut: string[] }> {
  const readable = await readableTables(sight)
  const leftOut = readable.filter(({ hasFilter }) => hasFilter).map(({ entity }) => entity)
  return { counted: readable.filter(({ hasFilter }) => !hasFilter), leftOut: [...new Set(leftOut)].sort() }
}
