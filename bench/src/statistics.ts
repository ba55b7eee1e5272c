// The little statistics that figures need: no averages, since one slow round must not move them.

/** The value at a share of the sorted values (0.5 the median), between two of them where it falls between. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new RangeError('There is no quantile of no values.')
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] as number
  const above = sorted[Math.ceil(place)] as number
  return below + (above - below) * (place - Math.floor(place))
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Value by value, what belongs to the same round put together. */
export function byRound(
  values: readonly number[],
  others: readonly number[],
  combine: (value: number, other: number) => number,
): number[] {
  if (values.length !== others.length) throw new RangeError('Rounds of two variants are compared one by one.')
  return values.map((value, round) => combine(value, others[round] as number))
}

/** How many times the other's value, round by round. */
export function ratios(values: readonly number[], others: readonly number[]): number[] {
  return byRound(values, others, (value, other) => value / other)
}
