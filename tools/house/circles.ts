// Finds circles in a graph: Tarjan's components first, then the shortest way round inside each.

/** The shortest circle through each node that can reach itself, every circle once; a node may point at itself. */
export function findCircles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles = new Map<string, string[]>()
  for (const component of findComponents(edges)) {
    for (const node of component.sort()) {
      const circle = shortestCircle(node, component, edges)
      const members = [...(circle ?? [])].sort().join()
      if (circle && !circles.has(members)) circles.set(members, circle)
    }
  }
  return [...circles.values()]
}

function findComponents(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const waiting = new Set<string>()
  const components: string[][] = []
  const visit = (node: string): void => {
    const number = order.size
    order.set(node, number)
    lowest.set(node, number)
    stack.push(node)
    waiting.add(node)
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      if (waiting.has(next)) lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(node) !== number) return
    const component = stack.splice(stack.indexOf(node))
    for (const member of component) waiting.delete(member)
    components.push(component)
  }
  for (const node of edges.keys()) if (!order.has(node)) visit(node)
  return components
}

/** Breadth first from a node back to itself, inside its component. */
function shortestCircle(
  start: string,
  component: readonly string[],
  edges: ReadonlyMap<string, readonly string[]>,
): string[] | undefined {
  const members = new Set(component)
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const node of queue) {
    for (const next of edges.get(node) ?? []) {
      if (next === start) return wayBack(node, start, cameFrom)
      if (!members.has(next) || cameFrom.has(next)) continue
      cameFrom.set(next, node)
      queue.push(next)
    }
  }
  return undefined
}

function wayBack(last: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const way = [last]
  for (let node = last; node !== start; ) {
    node = cameFrom.get(node) ?? start
    way.unshift(node)
  }
  return way
}
