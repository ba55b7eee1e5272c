// Finds out what relations are made of: views from the queries that PostgreSQL stores for them, tables from their parents.
import { type Lineage, type LineageRead, plainLineage } from './lineage.ts'
import type { LineageFact, ViewFact } from './read-facts.ts'
import { readOrigins } from './view-lineage.ts'

type Sources = { facts: ReadonlyMap<number, LineageFact>; queries: ReadonlyMap<number, string> }
type Node = LineageRead['of']

/**
 * The lineage of the relations that are made of others, by oid. Those that are missing are plain tables.
 */
export function deriveLineages(lineage: readonly LineageFact[], views: readonly ViewFact[]): Map<number, Lineage> {
  const sources: Sources = {
    facts: new Map(lineage.map((fact) => [fact.oid, fact])),
    queries: new Map(views.map(({ oid, query }) => [oid, query])),
  }
  // Filled in afterwards: CREATE OR REPLACE can make a view read itself.
  const nodes = new Map(lineage.map((fact): [number, Node] => [fact.oid, emptyNode(fact)]))
  for (const fact of lineage) {
    const node = nodes.get(fact.oid) as Node
    Object.assign(node.lineage, fact.isView ? ofView(sources, nodes, fact) : ofTable(sources, nodes, fact))
  }
  return new Map([...nodes].map(([oid, node]) => [oid, node.lineage]))
}

function emptyNode(fact: LineageFact): Node {
  return { lineage: plainLineage(fact), columns: new Set(Object.values(fact.columns)) }
}

type Made = Omit<Lineage, 'schema' | 'name'>

/** What it inherits has the same name there. */
function ofTable({ facts }: Sources, nodes: ReadonlyMap<number, Node>, fact: LineageFact): Made {
  const columns = Object.values(fact.columns)
  const origins = new Map<string, { read: LineageRead; column: string }>()
  const reads = fact.parents.flatMap((parent) => {
    const of = nodes.get(parent)
    if (!of) return []
    const inherited = Object.values(facts.get(parent)?.columns ?? {})
    const read: LineageRead = { of, times: 1, uses: new Set(inherited) }
    for (const column of columns) if (of.columns.has(column)) origins.set(column, { read, column })
    return [read]
  })
  return {
    reads,
    origins,
    generated: fact.generated,
    hasComputed: false,
    isKnown: reads.length === fact.parents.length,
  }
}

function ofView({ facts, queries }: Sources, nodes: ReadonlyMap<number, Node>, fact: LineageFact): Made {
  const query = queries.get(fact.oid)
  if (query === undefined) return { reads: [], origins: new Map(), generated: [], hasComputed: true, isKnown: false }
  const times = timesRead(query)
  const used = Map.groupBy(fact.reads, ({ oid }) => oid)
  const reads = new Map<number, LineageRead>()
  for (const [oid, columns] of used) {
    const of = nodes.get(oid)
    const names = facts.get(oid)?.columns ?? {}
    const uses = new Set(columns.flatMap(({ column }) => names[column] ?? []))
    if (of) reads.set(oid, { of, times: times.get(oid) ?? 2, uses })
  }
  const origins = new Map<string, { read: LineageRead; column: string }>()
  const shown = readOrigins(query)
  for (const [number, name] of Object.entries(fact.columns)) {
    const origin = shown.get(Number(number))
    const read = origin && reads.get(origin.table)
    const column = origin && facts.get(origin.table)?.columns[origin.column]
    if (read && column !== undefined) origins.set(name, { read, column })
  }
  return {
    reads: [...reads.values()],
    origins,
    generated: [],
    hasComputed: origins.size < Object.keys(fact.columns).length,
    isKnown: reads.size === used.size && !fact.callsReaders,
  }
}

// A relation in FROM, wherever in the query. A WITH that is named twice is read twice and stands once.
const relationEntry = / :rtekind 0 :relid (\d+)/g
const withEntry = / :rtekind 6 /

function timesRead(query: string): Map<number, number> {
  const times = new Map<number, number>()
  const step = withEntry.test(query) ? 2 : 1
  for (const [, relation] of query.matchAll(relationEntry)) {
    times.set(Number(relation), (times.get(Number(relation)) ?? 0) + step)
  }
  return times
}
