// Links an operation to an inquiry: one of the record's latest, or one whose id is pasted.
import { Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import type { Operation } from '@steward/sdk'
import { ErrorNotice, SubmitButton, useWords } from '@steward/ui'
import { useState } from 'react'
import { inquiriesWords } from '../inquiries-words.ts'
import { type InquiryDetails, useDeed } from '../use-inquiries.ts'
import { findOperationId } from './find-operation-id.ts'
import { inquiryWords } from './inquiry-words.ts'
import { OperationPicker } from './operation-picker.tsx'

type Given = { inquiry: InquiryDetails; latest: readonly Operation[]; onClose: () => void }

/** The dialog; what is linked already is not offered. */
export function LinkDialog({ inquiry, latest, onClose }: Given) {
  const words = useWords(inquiryWords)
  const { close } = useWords(inquiriesWords)
  const [text, setText] = useState('')
  const found = findOperationId(text)
  const link = useDeed(
    (inquiries, operation: string) => inquiries.link({ id: inquiry.id, operation }),
    () => ({ message: words.linked }),
  )
  const pick = (operation: string) => link.mutate(operation, { onSuccess: onClose })
  const offered = latest.filter(({ id }) => !inquiry.operations.some(({ operation }) => operation === id))
  return (
    <Modal opened onClose={onClose} size="lg" title={words.linkTitle} closeButtonProps={{ 'aria-label': close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (found !== null) pick(found)
        }}
      >
        <Stack>
          <TextInput
            label={words.operationId}
            description={words.operationIdHint}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={text.trim() !== '' && found === null ? words.notAnId : null}
            data-autofocus
          />
          {link.isError && <ErrorNotice error={link.error} />}
          <Group justify="flex-end">
            <SubmitButton isBusy={link.isPending} isDisabled={found === null}>
              {words.linkIt}
            </SubmitButton>
          </Group>
        </Stack>
      </form>
      {offered.length > 0 && (
        <>
          <Text size="sm" fw={500} mt="md">
            {words.latest}
          </Text>
          <OperationPicker
            label={words.latest}
            operations={offered}
            deed={words.linkIt}
            isBusy={link.isPending}
            onPick={pick}
          />
        </>
      )}
    </Modal>
  )
}
