// Gives an inquiry to somebody, or to nobody.
import { Button, Group, Modal, Select, Stack } from '@mantine/core'
import { ErrorNotice, SubmitButton, useWords } from '@steward/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { inquiriesWords } from '../inquiries-words.ts'
import { type InquiryDetails, useDeed, useInquiries } from '../use-inquiries.ts'
import { inquiryWords } from './inquiry-words.ts'

/** The dialog; whoever has it already is chosen first. */
export function AssignDialog({ inquiry, onClose }: { inquiry: InquiryDetails; onClose: () => void }) {
  const words = useWords(inquiryWords)
  const { close } = useWords(inquiriesWords)
  const { id, owner } = inquiry
  const [person, setPerson] = useState<string | null>(owner?.id ?? null)
  const inquiries = useInquiries()
  const people = useQuery({
    queryKey: ['inquiries', 'people'],
    queryFn: ({ signal }) => inquiries.people({}, { signal }),
  })
  const assign = useDeed(
    (asked, to: string | null) => asked.assign({ id, person: to }),
    ({ owner: now }) => ({ message: now === null ? words.released : words.assigned({ name: now.name ?? now.id }) }),
  )
  const data = (people.data ?? []).map(({ id: value, name, email }) => ({
    value,
    label: [name ?? value, email].filter((part) => part !== null && part !== value).join(' · ') || value,
  }))
  const name = people.data?.find((each) => each.id === person)?.name ?? person ?? ''
  const isSame = person === (owner?.id ?? null)
  return (
    <Modal opened onClose={onClose} title={words.assignTitle} closeButtonProps={{ 'aria-label': close }}>
      <Stack>
        <Select
          label={words.person}
          placeholder={words.choosePerson}
          nothingFoundMessage={words.noPeople}
          data={data}
          value={person}
          onChange={setPerson}
          searchable
          data-autofocus
        />
        {people.isError && <ErrorNotice error={people.error} onRetry={() => void people.refetch()} />}
        {assign.isError && <ErrorNotice error={assign.error} />}
        <Group justify="flex-end">
          {owner !== null && (
            <Button
              variant="default"
              loading={assign.isPending && assign.variables === null}
              onClick={() => assign.mutate(null, { onSuccess: onClose })}
            >
              {words.giveToNobody}
            </Button>
          )}
          <SubmitButton
            isBusy={assign.isPending && assign.variables !== null}
            isDisabled={person === null || isSame}
            onClick={() => assign.mutate(person, { onSuccess: onClose })}
          >
            {person === null ? words.assignTitle : words.giveTo({ name })}
          </SubmitButton>
        </Group>
      </Stack>
    </Modal>
  )
}
