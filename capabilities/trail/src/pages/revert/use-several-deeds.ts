// Several reverts for good, one after another with one reason; where one is refused, the rest is left alone.
import { useSteward } from '@steward/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ListedOperation, OperationDetails, RevertAnswer } from '../answers.ts'
import { revertForGood } from './use-plan.ts'

/** How far the revert of one operation has come. */
export type Deed =
  | { state: 'waiting' | 'working' }
  | { state: 'done'; operation: OperationDetails | null }
  | { state: 'refused'; error: unknown }

/** An operation with the plan that somebody has looked at. */
export type Ready = { operation: ListedOperation; plan: RevertAnswer }

type SeveralDeeds = {
  deeds: ReadonlyMap<string, Deed>
  isWorking: boolean
  revertAll: (ready: readonly Ready[], reason: string) => Promise<void>
}

/** Reverts in the order that is given; each has a result. */
export function useSeveralDeeds(): SeveralDeeds {
  const { client } = useSteward()
  const queries = useQueryClient()
  const [deeds, setDeeds] = useState<ReadonlyMap<string, Deed>>(new Map())
  const [isWorking, setWorking] = useState(false)
  const set = (id: string, deed: Deed) => setDeeds((before) => new Map([...before, [id, deed]]))
  const revertAll = async (ready: readonly Ready[], reason: string) => {
    setWorking(true)
    for (const { operation } of ready) set(operation.id, { state: 'waiting' })
    for (const { operation, plan } of ready) {
      const target = { kind: 'operation', operation: operation.id } as const
      set(operation.id, { state: 'working' })
      try {
        const done = await revertForGood(client, { target, choice: 'skip', plan, reason })
        set(operation.id, { state: 'done', operation: done.operation })
      } catch (error) {
        set(operation.id, { state: 'refused', error })
        break
      }
    }
    setWorking(false)
    const isOfOthers = ({ queryKey }: { queryKey: readonly unknown[] }) =>
      queryKey[1] !== 'revert' && queryKey[1] !== 'several'
    await queries.invalidateQueries({ predicate: isOfOthers })
  }
  return { deeds, isWorking, revertAll }
}
