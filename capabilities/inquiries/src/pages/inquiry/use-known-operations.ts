// The operations that an inquiry knows of: its subject, what was linked, and the latest of its record.
import type { ChangeFacts, MetaEntity, Operation, Values } from '@steward/sdk'
import { useEntity, useSteward } from '@steward/ui'
import { type UseQueryResult, useQueries, useQuery } from '@tanstack/react-query'
import type { Owner } from '../answer/changes-of.ts'
import { operationsOf, pickOperation } from '../answer/pick-operation.ts'
import { readKeyText } from '../record-key.ts'
import type { InquiryDetails } from '../use-inquiries.ts'
import { listLatest } from './list-latest.ts'

/** An operation with what became of it. */
type OperationAnswer = {
  operation: Operation & { revertedBy?: { id: string; actor: Operation['actor'] }[] }
  changes: ChangeFacts[]
}

/** What is known; `picked` is null where there is nothing to draft an answer from, undefined while nobody knows. */
export type KnownOperations = {
  linked: readonly { id: string; query: UseQueryResult<OperationAnswer> }[]
  /** Around the subject record, newest first. */
  latest: readonly Operation[]
  /** The record that the inquiry is about. */
  record: Owner | null
  picked: string | null | undefined
}

/** Asks for them, as far as the person may see the trail. */
export function useKnownOperations({ subject, operations }: InquiryDetails): KnownOperations {
  const { client, may } = useSteward()
  const isRecord = subject?.kind === 'record'
  const entity = useEntity(isRecord ? subject.entity : '')
  const recordKey = isRecord && entity != null ? readKeyText(entity, subject.key) : null
  const mayRead = may('trail:operation')
  const linked = useQueries({
    queries: operations.map(({ operation: id }) => ({
      queryKey: ['trail', 'operation', id],
      enabled: mayRead,
      retry: false,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.ask<OperationAnswer>(`/trail/operations/${encodeURIComponent(id)}`, { signal }),
    })),
  })
  const mayHistory = recordKey !== null && mayRead && may('trail:history')
  const history = useQuery({
    queryKey: ['trail', 'latest', entity?.entity, recordKey],
    enabled: mayHistory,
    retry: false,
    queryFn: ({ signal }) =>
      listLatest(client, { entity: entity as MetaEntity, recordKey: recordKey as Values, signal }),
  })
  const isWaiting =
    (mayRead && linked.some(({ isPending }) => isPending)) ||
    (mayHistory && history.isPending) ||
    (isRecord && entity === undefined)
  const changes = history.data ?? []
  return {
    linked: operations.map(({ operation: id }, at) => ({ id, query: linked[at] as UseQueryResult<OperationAnswer> })),
    latest: operationsOf(changes),
    record:
      recordKey === null || entity == null
        ? null
        : { entity: entity.entity, key: entity.key.map((column) => String(recordKey[column])) },
    picked: isWaiting
      ? undefined
      : pickOperation({
          subject: subject?.kind === 'operation' ? subject.operation : null,
          linked: linked.flatMap(({ data }) => data?.operation ?? []),
          history: changes,
        }),
  }
}
