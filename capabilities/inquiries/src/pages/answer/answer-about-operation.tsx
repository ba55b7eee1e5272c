// At the head of an operation: the answer for the customer, without an inquiry.
import { Button, Modal } from '@mantine/core'
import { type Places, useUrlTexts, useWords } from '@steward/ui'
import { IconMessageReply } from '@tabler/icons-react'
import { AnswerDraft } from './answer-draft.tsx'
import { answerWords } from './answer-words.ts'

/** For the place `operation.actions`: opens with `?answer=1`. */
export default function AnswerAboutOperation({ operation }: Places['operation.actions']) {
  const words = useWords(answerWords)
  const [texts, setTexts] = useUrlTexts(['answer', 'whose', 'cause', 'draft'])
  const close = () => setTexts({ answer: null, whose: null, cause: null, draft: null })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconMessageReply size={16} aria-hidden />}
        onClick={() => setTexts({ answer: '1' })}
      >
        {words.answerCustomerButton}
      </Button>
      <Modal
        opened={texts.answer === '1'}
        onClose={close}
        size="lg"
        title={words.answerCustomer}
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <AnswerDraft operation={operation.id} subject={null} choice={texts} onChoice={setTexts} />
      </Modal>
    </>
  )
}
