// Where the trail is not in this database yet: what to type, and what it gives.
import { Code, Group, Text } from '@mantine/core'
import { CopyButton, defineWords, EmptyState, useWords } from '@steward/ui'

const commands = ['steward trail install', 'steward trail track --all']

const notInstalledWords = defineWords(
  {
    title: 'The trail is not installed in this database',
    hint: 'From then on every change stands here, and can be reverted. At a terminal, as the owner of the database:',
  },
  {
    title: '이 데이터베이스에는 변경 이력이 설치돼 있지 않아요',
    hint: '설치하면 그때부터 모든 변경이 남고 되돌릴 수 있어요. 데이터베이스 소유자로 터미널에서 실행해 주세요:',
  },
)

/** Says that the trail is not installed, and the commands that install it: nothing is put into a database by a click. */
export function NotInstalled() {
  const words = useWords(notInstalledWords)
  return (
    <EmptyState title={words.title}>
      <Text size="sm">{words.hint}</Text>
      {commands.map((command) => (
        <Group key={command} gap="xs" justify="center">
          <Code>{command}</Code>
          <CopyButton text={command} />
        </Group>
      ))}
    </EmptyState>
  )
}

/** Whether that is what an answer says. */
export function saysNotInstalled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'TRAIL_NOT_INSTALLED'
}
