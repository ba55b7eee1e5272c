// The button "Ask a developer", with its dialog.
import { Button, Modal } from '@mantine/core'
import { useUrlTexts, useWords } from '@steward/ui'
import { IconMessageQuestion } from '@tabler/icons-react'
import { inquiriesWords } from '../inquiries-words.ts'
import type { Subject } from '../use-inquiries.ts'
import { AskDialog } from './ask-dialog.tsx'
import { askWords } from './ask-words.ts'

type Given = {
  subject: NonNullable<Subject>
  /** Of the operation that it is about. */
  procedure?: string | null | undefined
}

/** Opens with `?ask=1`, so that a link can lead there. */
export function AskButton({ subject, procedure }: Given) {
  const words = useWords(askWords)
  const { close } = useWords(inquiriesWords)
  const [{ ask }, setTexts] = useUrlTexts(['ask'])
  const onClose = () => setTexts({ ask: null })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconMessageQuestion size={16} aria-hidden />}
        onClick={() => setTexts({ ask: '1' })}
      >
        {words.ask}
      </Button>
      <Modal opened={ask === '1'} onClose={onClose} title={words.ask} closeButtonProps={{ 'aria-label': close }}>
        <AskDialog subject={subject} procedure={procedure} onClose={onClose} />
      </Modal>
    </>
  )
}
