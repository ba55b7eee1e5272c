// Where columns of a table can be asked for: in the table itself, and in the views that show them.
import type { KeyFact, RelationFact } from './read-facts.ts'
import type { Lineage } from './view-lineage.ts'

/** A table or view with its names for some columns, in the order in which they were asked for. */
export type ColumnPlace = { relation: RelationFact; columns: string[] }

/** Finds the places of a table's columns among the exposed tables and views. */
export type ColumnPlaces = {
  /** One for each exposed table or view that has all of the columns; several of a view that shows one of them twice. */
  of: (table: number, columns: readonly number[]) => ColumnPlace[]
  /** The names that a view has for columns of a table, the first of each; null unless it shows them all. */
  inView: (view: number, table: number, columns: readonly number[]) => string[] | null
}

/** Indexes what is shown where. */
export function indexColumnPlaces(relations: readonly RelationFact[], lineage: Lineage): ColumnPlaces {
  const exposed = new Map(relations.map((relation) => [relation.oid, relation]))
  const namesOf = new Map(
    relations.map(({ oid, columns }) => [oid, new Map(columns.map(({ position, name }) => [position, name]))]),
  )
  // By table, by view, by the table's column: the names in the view.
  const shown = new Map<number, Map<number, Map<number, string[]>>>()
  for (const { oid, columns } of relations) {
    for (const { name, position } of columns) {
      const origin = lineage.get(oid)?.get(position)
      if (!origin) continue
      const inTable = entry(shown, origin.table, () => new Map<number, Map<number, string[]>>())
      const inView = entry(inTable, oid, () => new Map<number, string[]>())
      entry(inView, origin.column, () => []).push(name)
    }
  }

  function ownPlace(table: number, columns: readonly number[]): ColumnPlace[] {
    const relation = exposed.get(table)
    if (!relation) return []
    return [{ relation, columns: columns.map((column) => namesOf.get(table)?.get(column) as string) }]
  }

  return {
    of: (table, columns) => {
      const places = ownPlace(table, columns)
      for (const [view, names] of shown.get(table) ?? []) {
        const choices = columns.map((column) => names.get(column) ?? [])
        for (const chosen of combine(choices)) {
          places.push({ relation: exposed.get(view) as RelationFact, columns: chosen })
        }
      }
      return places
    },
    inView: (view, table, columns) => {
      const names = shown.get(table)?.get(view)
      const first = columns.flatMap((column) => names?.get(column)?.slice(0, 1) ?? [])
      return first.length === columns.length ? first : null
    },
  }
}

/**
 * The columns that tell the rows of each exposed table or view apart, by oid. A view has the keys of all its base tables
 * that it shows whole, one after the other.
 */
export function derivePrimaryKeys(
  relations: readonly RelationFact[],
  keys: readonly KeyFact[],
  lineage: Lineage,
  places: ColumnPlaces,
): Map<number, string[]> {
  const primary = new Map(keys.filter(({ isPrimary }) => isPrimary).map((key) => [key.table, key.columns]))
  const found = new Map<number, string[]>()
  for (const { oid, columns } of relations) {
    const shows = lineage.get(oid)
    if (shows) {
      // In the order of the view's columns, so that the answer does not hang on oids.
      const bases = new Set(columns.flatMap(({ position }) => shows.get(position)?.table ?? []))
      found.set(
        oid,
        [...bases].flatMap((base) => places.inView(oid, base, primary.get(base) ?? []) ?? []),
      )
    } else {
      const names = new Map(columns.map(({ position, name }) => [position, name]))
      found.set(
        oid,
        (primary.get(oid) ?? []).map((column) => names.get(column) as string),
      )
    }
  }
  return found
}

// All ways to choose one of each; none where there is nothing to choose from.
function combine(choices: readonly string[][]): string[][] {
  return choices.reduce<string[][]>(
    (chosen, names) => chosen.flatMap((some) => names.map((name) => [...some, name])),
    [[]],
  )
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
