// A write of access: what was listed is asked for again, and what was done is said.

import type { CapabilityClient } from '@steward/sdk/contract'
import { notifyDone, useCapability } from '@steward/ui'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { accessContract } from '../contract.ts'

/** The procedures of access as methods. */
export type Access = CapabilityClient<typeof accessContract>

/** The procedures of access as methods. */
export function useAccess(): Access {
  return useCapability('access', accessContract)
}

/** Does something, lists everything of access anew, and says what was done where `say` has words for it. */
export function useDeed<Input, Output>(
  deed: (access: Access, input: Input) => Promise<Output>,
  say?: (output: Output) => string,
): UseMutationResult<Output, Error, Input> {
  const access = useAccess()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => deed(access, input),
    onSuccess: async (output) => {
      await queries.invalidateQueries({ queryKey: ['access'] })
      if (say !== undefined) notifyDone({ message: say(output) })
    },
  })
}
