// The law of revert: newest first, everything comes back to the last character; and reverted again, it is there again.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { snapshot } from '../testing/operate.ts'
import { lawTimeout, Playground } from '../testing/playground.ts'

describe('on random histories', lawTimeout, () => {
  let ground: Playground
  beforeAll(async () => {
    ground = await Playground.open()
  })
  afterAll(() => ground.database.drop())

  test('reverting everything, newest first, gives back the first state to the last character; and reverting the reverts the last', async () => {
    await ground.holds(async (history) => {
      const { schema, names } = await ground.begin(history)
      const first = await snapshot(ground.database.pool, names)
      const operations: string[] = []
      const states: string[] = []
      for (const operation of history.operations) {
        operations.push(await ground.act(schema, operation, history))
        states.push(await snapshot(ground.database.pool, names))
      }
      const reverts: string[] = []
      for (let index = operations.length - 1; index >= 0; index--) {
        const result = await undo(operations[index] as string)
        expect(await snapshot(ground.database.pool, names)).toBe(index === 0 ? first : states[index - 1])
        reverts.push(result ?? '')
      }
      for (const [place, revert] of reverts.toReversed().entries()) {
        if (revert) await undo(revert)
        expect(await snapshot(ground.database.pool, names)).toBe(states[place])
      }
      await ground.wipe(schema)
    })
  })

  const undo = async (operation: string): Promise<string | null> => {
    if (!(await ground.hasTrail(operation))) return null
    const plan = await ground.trail.planRevert({ operation })
    expect(plan.conflicts).toEqual([])
    return (await ground.trail.revert(plan, { reason: 'law' })).operation?.id ?? null
  }
})
