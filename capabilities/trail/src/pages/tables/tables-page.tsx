// Which tables are tracked, what weakens the trail, and marks.
import { Group, Stack, Text, TextInput } from '@mantine/core'
import {
  DataTable,
  ErrorNotice,
  Loaded,
  Moment,
  notifyDone,
  PageHeader,
  Section,
  SubmitButton,
  useSteward,
  useTitle,
  useWords,
} from '@steward/ui'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DoctorAnswer, StatusAnswer } from '../answers.ts'
import { NotInstalled } from '../not-installed.tsx'
import { tablesWords } from './tables-words.ts'
import { TrackedTables } from './tracked-tables.tsx'

/** `/trail/tables` */
export default function TablesPage() {
  const words = useWords(tablesWords)
  const { client, may } = useSteward()
  useTitle(words.title)
  const status = useQuery({
    queryKey: ['trail', 'status'],
    queryFn: ({ signal }) => client.ask<StatusAnswer>('/trail/status', { signal }),
  })
  return (
    <Stack gap="lg">
      <PageHeader
        path={[{ label: words.trail, to: '/trail' }]}
        title={words.title}
        detail={status.data?.installed === true && words.sentence(countsOf(status.data))}
      />
      <Loaded query={status}>
        {(answer) => (answer.installed ? <TrackedTables tables={answer.tables} /> : <NotInstalled />)}
      </Loaded>
      {status.data?.installed === true && may('trail:doctor') && <Doctor />}
      {status.data?.installed === true && may('trail:mark') && <MarkForm />}
    </Stack>
  )
}

function countsOf({ tables }: StatusAnswer): { tracked: number; all: number } {
  return { tracked: tables.filter(({ tracked }) => tracked).length, all: tables.length }
}

function Doctor() {
  const words = useWords(tablesWords)
  const { client } = useSteward()
  const doctor = useQuery({
    queryKey: ['trail', 'doctor'],
    queryFn: ({ signal }) => client.ask<DoctorAnswer>('/trail/doctor', { signal }),
  })
  return (
    <Section title={words.doctor}>
      <Loaded query={doctor}>
        {({ healthy, maintainedAt, findings }) => (
          <>
            <Group gap="xs">
              <Text size="sm" {...(healthy ? {} : { c: 'red' })} role="status">
                {healthy ? words.healthy : words.unhealthy}
              </Text>
              <Text size="sm" c="dimmed" component="span">
                {maintainedAt === null ? (
                  words.never
                ) : (
                  <>
                    {words.maintainedAt} <Moment at={maintainedAt} />
                  </>
                )}
              </Text>
            </Group>
            {findings.length === 0 ? (
              <Text size="sm">{words.nothing}</Text>
            ) : (
              <DataTable
                label={words.doctor}
                rows={findings}
                rowKey={({ kind, entity, message }) => JSON.stringify([kind, entity, message])}
                isDense={false}
                columns={[
                  { id: 'finding', header: words.finding, render: ({ message }) => message },
                  { id: 'mend', header: words.mend, render: ({ hint }) => hint },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

function MarkForm() {
  const words = useWords(tablesWords)
  const { client } = useSteward()
  const [name, setName] = useState('')
  const mark = useMutation({
    mutationFn: () => client.ask('/trail/marks', { body: { name: name.trim() } }),
    onSuccess: () => {
      notifyDone({ message: words.marked({ name: name.trim() }) })
      setName('')
    },
  })
  return (
    <Section title={words.marks}>
      <Text size="sm">{words.marksHint}</Text>
      <Group component="form" align="end" gap="xs" onSubmit={(event) => (event.preventDefault(), mark.mutate())}>
        <TextInput
          label={words.markName}
          placeholder={words.markExample}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
        />
        <SubmitButton isBusy={mark.isPending} isDisabled={name.trim() === ''}>
          {words.mark}
        </SubmitButton>
      </Group>
      {mark.isError && <ErrorNotice error={mark.error} />}
    </Section>
  )
}
