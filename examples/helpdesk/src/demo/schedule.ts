// What is to happen when, in its order, also what is planned while it happens.

/** Something that happens at an instant; of two at the same instant the one that was planned first. */
type Planned<Result> = { at: number; order: number; work: (at: number) => Result }

/** Work by its instant, as a heap; what is planned for after the end never happens. */
export class Schedule<Result> {
  readonly #heap: Planned<Result>[] = []
  readonly #end: number
  #order = 0

  constructor(end: number) {
    this.#end = end
  }

  /** How much waits. */
  get size(): number {
    return this.#heap.length
  }

  /** To happen at that instant. */
  plan(at: number, work: (at: number) => Result): void {
    if (at >= this.#end) return
    const planned = { at, order: this.#order++, work }
    let place = this.#heap.push(planned) - 1
    while (place > 0) {
      const above = (place - 1) >> 1
      if (!isEarlier(planned, this.at(above))) break
      this.#heap[place] = this.at(above)
      place = above
    }
    this.#heap[place] = planned
  }

  /** Everything in its order. */
  *due(): Generator<Planned<Result>> {
    for (let next = this.take(); next !== undefined; next = this.take()) yield next
  }

  private take(): Planned<Result> | undefined {
    const [first] = this.#heap
    const last = this.#heap.pop()
    if (first === undefined || last === undefined || this.size === 0) return first
    let place = 0
    for (;;) {
      let below = place * 2 + 1
      if (below >= this.size) break
      if (below + 1 < this.size && isEarlier(this.at(below + 1), this.at(below))) below += 1
      if (!isEarlier(this.at(below), last)) break
      this.#heap[place] = this.at(below)
      place = below
    }
    this.#heap[place] = last
    return first
  }

  private at(place: number): Planned<Result> {
    return this.#heap[place] as Planned<Result>
  }
}

function isEarlier<Result>(one: Planned<Result>, other: Planned<Result>): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}
