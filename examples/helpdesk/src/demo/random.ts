// Chance that comes out the same each time: what the demo invents depends on a seed and on nothing else.

/** A small generator (mulberry32). Not for secrets. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number, both ends included. */
  integer(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1))
  }

  /** True so often, from 0 (never) to 1 (always). */
  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of them. */
  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() * items.length)]
    if (item === undefined) throw new RangeError('There is nothing to pick from.')
    return item
  }

  /** One of them, those at the beginning far more often: a few customers make most of the work. */
  pickEarly<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.next() ** 2 * items.length)]
    if (item === undefined) throw new RangeError('There is nothing to pick from.')
    return item
  }

  /** A waiting time in milliseconds, mostly short and sometimes long; `meanMs` on average. */
  wait(meanMs: number): number {
    return Math.round(-Math.log(1 - this.next()) * meanMs)
  }

  /** So many digits. */
  digits(count: number): string {
    return Array.from({ length: count }, () => this.integer(0, 9)).join('')
  }

  /** A time-ordered uuid (version 7) of that instant. */
  uuid(at: number): string {
    const time = at.toString(16).padStart(12, '0')
    const hex = Array.from({ length: 18 }, () => this.integer(0, 15).toString(16)).join('')
    const variant = this.pick(['8', '9', 'a', 'b'])
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(3, 6)}-${hex.slice(6)}`
  }
}
