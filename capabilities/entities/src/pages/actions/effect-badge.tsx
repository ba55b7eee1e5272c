// What an action does to the data: reads, writes, or takes something away.
import { Badge } from '@mantine/core'
import { useWords } from '@steward/ui'
import { actionWords } from './action-words.ts'

/** What an action does to the data. */
export function EffectBadge({ effect }: { effect: 'read' | 'write' | 'danger' }) {
  const words = useWords(actionWords)
  const color = { read: 'gray', write: 'indigo', danger: 'red' }[effect]
  return (
    <Badge size="sm" variant="light" color={color} tt="none">
      {words[effect]}
    </Badge>
  )
}
