// What a revert has done, with the way to its own operation.
import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { DiffPreview, operationPath, Section, summaryOf, useLanguage, useMeta, useWords } from '@steward/ui'
import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { RevertAnswer } from '../answers.ts'
import { CancelButton } from './cancel-button.tsx'
import { Conflicts } from './conflicts.tsx'
import { RevertHeader } from './revert-header.tsx'
import type { SingleTarget } from './revert-target.ts'
import { revertWords } from './revert-words.ts'

/** Says what was written, and what was left alone. */
export function RevertDone({ answer, target }: { answer: RevertAnswer; target: SingleTarget }) {
  const words = useWords(revertWords)
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  const { plan, operation } = answer
  const rows = plan.rows
  return (
    <Stack gap="md">
      <RevertHeader target={target} />
      <Alert color="green" icon={<IconCheck size={18} />} role="status">
        <Text fw={600}>{words.done({ summary: summaryOf(rows, meta, language) })}</Text>
        <Group gap="sm" mt="xs">
          {operation !== null && (
            <Button component={Link} to={operationPath(operation.id)} size="xs">
              {words.seeOperation}
            </Button>
          )}
          <CancelButton target={target} isDone />
        </Group>
      </Alert>
      {plan.conflicts.length > 0 && <Conflicts conflicts={plan.conflicts} forced={undefined} />}
      <Section title={words.diffDone}>
        <DiffPreview changes={rows} areDone />
      </Section>
    </Stack>
  )
}
