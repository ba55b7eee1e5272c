// What came of an import: how much it was, and its operation.
import { Button, Group } from '@mantine/core'
import type { ChangesetDone, MetaEntity } from '@steward/sdk'
import { EmptyState, entityPath, operationPath, PageLink, useWords } from '@steward/ui'
import { countTried } from './count-tried.ts'
import { importWords } from './import-words.ts'
import type { Import } from './use-import.ts'

export function ImportDone({ entity, taken, done }: { entity: MetaEntity; taken: Import; done: ChangesetDone }) {
  const words = useWords(importWords)
  const { rehearsal } = taken
  const { fresh, changed } =
    rehearsal.data === undefined ? { fresh: 0, changed: 0 } : countTried(rehearsal.data, entity)
  return (
    <EmptyState
      title={words.imported({ count: fresh + changed })}
      action={
        <Group>
          {done.operation !== null && <PageLink to={operationPath(done.operation)}>{words.operation}</PageLink>}
          <PageLink to={entityPath(entity.entity)}>{words.toList}</PageLink>
          <Button variant="default" onClick={() => taken.readText('')}>
            {words.another}
          </Button>
        </Group>
      }
    />
  )
}
