// At the head of an operation: the way to take it back.
import { Button } from '@mantine/core'
import { type Places, revertPath, useShortcut, useWords } from '@steward/ui'
import { IconArrowBackUp } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { operationWords } from './operation-words.ts'

const phrase = { en: operationWords.en.revertShortcut, ko: operationWords.ko.revertShortcut }

/** For the place `operation.actions`; nothing where it was imported, since it happened elsewhere. */
export default function RevertButton({ operation }: Places['operation.actions']) {
  const words = useWords(operationWords)
  const navigate = useNavigate()
  const isRevertible = operation['imported'] !== true
  const go = useCallback(() => void navigate({ to: revertPath(operation.id) }), [navigate, operation.id])
  useShortcut('r', phrase, isRevertible ? go : null)
  if (!isRevertible) return null
  return (
    <Button
      component={Link}
      to={revertPath(operation.id)}
      variant="default"
      leftSection={<IconArrowBackUp size={16} />}
    >
      {words.revert}
    </Button>
  )
}
