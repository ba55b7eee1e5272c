// The page of one record, the file to read first: what it is, what happened to it, what belongs to it, what can be done.
import type { MetaEntity, Values } from '@steward/sdk'
import { Loaded, LoadingPage, usePlaceAhead } from '@steward/ui'
import { RecordView } from './record-view.tsx'
import { UnnamedRecord } from './unnamed-record.tsx'
import { useNamedRecord } from './use-named-record.ts'
import { keyTextOf, useLastChange, useRecord } from './use-record.ts'

/** `/entities/$entity/$key` */
export default function RecordPage() {
  const { meta, find } = useNamedRecord()
  usePlaceAhead('record.timeline')
  usePlaceAhead('record.actions')
  return (
    <Loaded query={meta} loading={<LoadingPage />}>
      {(known) => {
        const named = find(known)
        if (named.kind !== 'record') return <UnnamedRecord named={named} />
        const { entity, recordKey } = named
        return <RecordOf key={entity.entity + keyTextOf(entity, recordKey)} entity={entity} recordKey={recordKey} />
      }}
    </Loaded>
  )
}

function RecordOf({ entity, recordKey }: { entity: MetaEntity; recordKey: Values }) {
  const record = useRecord(entity, recordKey)
  const last = useLastChange(entity, recordKey)
  return (
    <Loaded query={record} loading={<LoadingPage />}>
      {(found) => <RecordView entity={entity} recordKey={recordKey} found={found} last={last} />}
    </Loaded>
  )
}
