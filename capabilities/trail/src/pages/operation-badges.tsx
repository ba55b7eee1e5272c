// What an operation was besides: brought in from elsewhere, failed, a revert, reverted.
import { Badge, Tooltip } from '@mantine/core'
import type { Operation } from '@steward/sdk'
import { operationPath, PageLink, useWords } from '@steward/ui'
import { timelineWords } from './timeline/timeline-words.ts'

type Badged = { operation: Operation; isImported?: boolean; revertedBy?: readonly Pick<Operation, 'id' | 'actor'>[] }

/** Badges of an operation; nothing where it was a plain one. */
export function OperationBadges({ operation, isImported = operation['imported'] === true, revertedBy = [] }: Badged) {
  const words = useWords(timelineWords)
  const reverts = operation['reverts']
  return (
    <>
      {isImported && (
        <Tooltip label={words.importedHint} multiline maw={280}>
          <Badge variant="default" size="sm" tt="none">
            {words.imported}
          </Badge>
        </Tooltip>
      )}
      {operation['outcome'] === 'failed' && (
        <Badge color="red" variant="light" size="sm" tt="none">
          {words.failed}
        </Badge>
      )}
      {typeof reverts === 'string' && (
        <Tooltip label={words.revertOfHint}>
          <PageLink to={operationPath(reverts)}>
            <Badge variant="light" size="sm" tt="none" style={{ cursor: 'pointer' }}>
              {words.revertOf}
            </Badge>
          </PageLink>
        </Tooltip>
      )}
      {revertedBy.map(({ id, actor }) => (
        <PageLink key={id} to={operationPath(id)}>
          <Badge variant="default" size="sm" tt="none" style={{ cursor: 'pointer' }}>
            {words.revertedBy({ name: actor.name ?? actor.id })}
          </Badge>
        </PageLink>
      ))}
    </>
  )
}
