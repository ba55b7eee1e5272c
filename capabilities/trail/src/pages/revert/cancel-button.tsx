// The way back from a revert that was looked at, or done.
import { Button } from '@mantine/core'
import { keyParts, operationPath, recordPath, useEntity, useWords } from '@steward/ui'
import { Link } from '@tanstack/react-router'
import { keyOfText } from './key-of-text.ts'
import type { SingleTarget } from './revert-target.ts'
import { revertWords } from './revert-words.ts'

/** To the operation, or to the record. */
export function CancelButton({ target, isDone = false }: { target: SingleTarget; isDone?: boolean }) {
  const words = useWords(revertWords)
  const path = useWayBack(target)
  const back = target.kind === 'record' ? words.backToRecord : words.backToOperation
  return (
    <Button component={Link} to={path ?? '/trail'} variant="default" size={isDone ? 'xs' : 'sm'}>
      {isDone ? (path === null ? words.toTrail : back) : words.cancel}
    </Button>
  )
}

function useWayBack(target: SingleTarget): string | null {
  const entity = useEntity(target.kind === 'record' ? target.entity : '')
  if (target.kind !== 'record') return target.operation === null ? null : operationPath(target.operation)
  const key = keyOfText(target.key)
  const parts = entity == null || key === null ? null : keyParts(entity.key, key)
  return parts === null ? null : recordPath(target.entity, parts)
}
