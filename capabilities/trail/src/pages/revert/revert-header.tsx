// The head of a revert: what is to be taken back.
import { Group, Text } from '@mantine/core'
import {
  Moment,
  OperationLine,
  operationPath,
  PageHeader,
  RecordLink,
  useEntity,
  usePhrase,
  useWords,
  Value,
} from '@steward/ui'
import { useOperation } from '../operation/use-operation.ts'
import { keyOfText } from './key-of-text.ts'
import type { SingleTarget } from './revert-target.ts'
import { revertWords } from './revert-words.ts'

/** Names the operation, the change or the record. */
export function RevertHeader({ target }: { target: SingleTarget }) {
  if (target.kind === 'record') return <RecordHeader {...target} />
  if (target.operation === null) return <ChangeHeader />
  return <OperationHeader id={target.operation} isOneChange={target.kind === 'change'} />
}

function OperationHeader({ id, isOneChange }: { id: string; isOneChange: boolean }) {
  const words = useWords(revertWords)
  const { data } = useOperation(id)
  const procedure = data?.operation.procedure ?? words.bareSql
  const title = data === undefined ? words.revert : words.revertOperation({ procedure })
  return (
    <PageHeader
      path={[
        { label: words.trail, to: '/trail' },
        { label: words.operation, to: operationPath(id) },
      ]}
      title={isOneChange ? words.revertChange : title}
      detail={data === undefined ? undefined : <OperationLine operation={data.operation} />}
    />
  )
}

function ChangeHeader() {
  const words = useWords(revertWords)
  return <PageHeader path={[{ label: words.trail, to: '/trail' }]} title={words.revertChange} />
}

function RecordHeader({ entity: name, key, to }: Extract<SingleTarget, { kind: 'record' }>) {
  const words = useWords(revertWords)
  const entity = useEntity(name)
  const say = usePhrase()
  const recordKey = keyOfText(key)
  return (
    <PageHeader
      path={[{ label: words.trail, to: '/trail' }]}
      title={words.revertRecord}
      detail={
        <Group gap="xs">
          <Text size="sm">{entity == null ? name : say(entity.label)}</Text>
          {recordKey === null ? <Value value={key} /> : <RecordLink entity={name} recordKey={recordKey} />}
          <Text size="sm">{words.toMoment}</Text>
          {Number.isNaN(Date.parse(to)) ? <Value value={to} /> : <Moment at={to} />}
        </Group>
      }
    />
  )
}
