// The procedures of inquiries as pages call them: what was shown is asked for again after a write, and what was done is said.
import type { AnswerOf } from '@steward/contract'
import type { CapabilityClient } from '@steward/sdk/contract'
import { notifyDone, useCapability } from '@steward/ui'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { inquiriesContract } from '../contract.ts'

type Contract = typeof inquiriesContract

/** The procedures of inquiries as methods. */
export type Inquiries = CapabilityClient<Contract>

/** An inquiry as a list shows it. */
export type Inquiry = AnswerOf<Contract['list']>['inquiries'][number]

/** An inquiry with its thread and its operations. */
export type InquiryDetails = AnswerOf<Contract['read']>

/** What an inquiry is about. */
export type Subject = Inquiry['subject']

/** The procedures of inquiries as methods. */
export function useInquiries(): Inquiries {
  return useCapability('inquiries', inquiriesContract)
}

/** What is said once it is done; `path` leads there. */
type Said = { message: string; path?: string; linkLabel?: string }

/**
 * Does something to an inquiry. What it is now is shown at once, everything else of inquiries is asked for anew; also when it was
 * refused, since then somebody else has been there before.
 */
export function useDeed<Input>(
  deed: (inquiries: Inquiries, input: Input) => Promise<InquiryDetails>,
  say?: (inquiry: InquiryDetails) => Said,
): UseMutationResult<InquiryDetails, Error, Input> {
  const inquiries = useInquiries()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => deed(inquiries, input),
    onSuccess: (inquiry) => {
      queries.setQueryData(inquiryQueryKey(inquiry.id), inquiry)
      if (say !== undefined) notifyDone(say(inquiry))
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['inquiries'] })
    },
  })
}

/** The name under which an inquiry is kept. */
export function inquiryQueryKey(id: number): readonly unknown[] {
  return ['inquiries', 'one', id]
}
