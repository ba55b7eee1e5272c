// Runs variants in turns, ABAB…, so that whatever the machine does meanwhile happens to all of them alike.

export type InterleaveOptions = {
  rounds: number
  /** Rounds before these whose samples nobody keeps: caches fill, code gets compiled. */
  warmUps?: number
  /** Before each turn, off the clock. */
  before?: (variant: string, round: number) => Promise<void>
  tell?: (fraction: number, doing: string) => void
}

/**
 * The samples of each variant, round by round. Each round begins with another variant, so that none always
 * follows the same neighbour.
 */
export async function interleave<Variant extends string, Sample>(
  variants: readonly Variant[],
  options: InterleaveOptions,
  measure: (variant: Variant, round: number) => Promise<Sample>,
): Promise<Record<Variant, Sample[]>> {
  const { rounds, warmUps = 0, before, tell } = options
  const samples = Object.fromEntries(variants.map((variant) => [variant, []])) as unknown as Record<Variant, Sample[]>
  const turns = (rounds + warmUps) * variants.length
  let turn = 0
  for (let round = -warmUps; round < rounds; round++) {
    for (const variant of turnsOf(variants, round + warmUps)) {
      tell?.(turn++ / turns, `${round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`}, ${variant}`)
      await before?.(variant, round)
      const sample = await measure(variant, round)
      if (round >= 0) samples[variant].push(sample)
    }
  }
  return samples
}

/** The order of a round: the variants, beginning with another one each time. */
export function turnsOf<Variant>(variants: readonly Variant[], round: number): Variant[] {
  const first = round % variants.length
  return [...variants.slice(first), ...variants.slice(0, first)]
}
