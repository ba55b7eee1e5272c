// All entities that the person may read: what they are called, what they are, about how many records, and whether they are tracked.
import { Stack, Text, TextInput } from '@mantine/core'
import type { Meta, MetaEntity } from '@steward/sdk'
import {
  about,
  DataTable,
  EmptyState,
  entityPath,
  Loaded,
  PageHeader,
  PageLink,
  Section,
  SubmitButton,
  type TableColumn,
  useLanguage,
  useMeta,
  usePhrase,
  useShortcut,
  useTitle,
  useWords,
} from '@steward/ui'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'
import { groupEntities } from './group-entities.ts'
import { overviewWords } from './overview-words.ts'

export default function OverviewPage() {
  const words = useWords(overviewWords)
  const meta = useMeta()
  useTitle(words.title)
  return (
    <Stack gap="md">
      <PageHeader title={words.title} detail={meta.data && words.detail({ count: meta.data.entities.length })} />
      <Loaded query={meta}>{(data) => <Entities meta={data} />}</Loaded>
    </Stack>
  )
}

function Entities({ meta }: { meta: Meta }) {
  const words = useWords(overviewWords)
  const { language } = useLanguage()
  const [text, setText] = useFilterText()
  const input = useRef<HTMLInputElement>(null)
  useShortcut(
    '/',
    overviewFilterPhrase,
    useCallback(() => input.current?.focus(), []),
  )
  if (meta.entities.length === 0) return <EmptyState title={words.empty}>{words.emptyNext}</EmptyState>
  const groups = groupEntities(meta.entities, { text, language })
  return (
    <>
      <TextInput
        ref={input}
        maw={360}
        aria-label={words.filterHint}
        placeholder={words.filter}
        leftSection={<IconSearch size={16} stroke={1.5} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {groups.length === 0 && (
        <EmptyState
          title={words.none}
          action={<SubmitButton onClick={() => setText('')}>{words.clear}</SubmitButton>}
        />
      )}
      {groups.map(({ schema, entities }) =>
        groups.length === 1 && schema === 'public' ? (
          <EntityTable key={schema} entities={entities} />
        ) : (
          <Section key={schema} title={schema}>
            <EntityTable entities={entities} />
          </Section>
        ),
      )}
    </>
  )
}

const overviewFilterPhrase = { en: 'Filter entities', ko: '데이터 종류 찾기' }

function EntityTable({ entities }: { entities: readonly MetaEntity[] }) {
  const words = useWords(overviewWords)
  const say = usePhrase()
  const { language } = useLanguage()
  const navigate = useNavigate()
  const columns: TableColumn<MetaEntity>[] = [
    {
      id: 'name',
      header: words.name,
      render: (entity) => (
        <div>
          <PageLink to={entityPath(entity.entity)} fw={500}>
            {say(entity.label)}
          </PageLink>
          {entity.description !== null && (
            <Text size="xs" c="dimmed" lineClamp={1}>
              {say(entity.description)}
            </Text>
          )}
        </div>
      ),
    },
    {
      id: 'rows',
      header: words.rows,
      align: 'right',
      width: 170,
      render: ({ estimatedRows }) =>
        estimatedRows === null ? (
          <Text size="sm" c="dimmed" component="span">
            {words.unknownRows}
          </Text>
        ) : (
          about(estimatedRows, language)
        ),
    },
    { id: 'tracked', header: words.tracked, width: 140, render: (entity) => <Tracked entity={entity} /> },
  ]
  return (
    <DataTable
      label={words.title}
      columns={columns}
      rows={entities}
      rowKey={({ entity }) => entity}
      isDense={false}
      onOpen={({ entity }) => void navigate({ to: entityPath(entity) })}
    />
  )
}

function Tracked({ entity: { isTracked, kind } }: { entity: MetaEntity }) {
  const words = useWords(overviewWords)
  if (isTracked === true)
    return (
      <Text size="sm" component="span">
        {words.isTracked}
      </Text>
    )
  const isTable = kind === 'table' || kind === 'partitioned'
  return (
    <Text size="xs" c="dimmed" component="span">
      {isTable ? words.isNotTracked : words.noTrail}
    </Text>
  )
}

function useFilterText(): [string, (text: string) => void] {
  const { q } = useSearch({ strict: false }) as { q?: unknown }
  const navigate = useNavigate()
  const text = typeof q === 'string' ? q : ''
  return [text, (next) => void navigate({ to: '.', search: next === '' ? {} : { q: next }, replace: true })]
}
