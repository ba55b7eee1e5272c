// The catalogue of actions: what the service can do, and on what.
import { Group, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import {
  EmptyState,
  Loaded,
  PageHeader,
  PageLink,
  Section,
  useMeta,
  usePhrase,
  useShortcut,
  useTitle,
  useWords,
} from '@steward/ui'
import { IconSearch } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useRef } from 'react'
import { actionPath } from './action-path.ts'
import { actionWords } from './action-words.ts'
import classes from './actions.module.css'
import { EffectBadge } from './effect-badge.tsx'
import { isSought, type ListedAction, listActions } from './list-actions.ts'

/** `/actions` */
export default function ActionsPage() {
  const words = useWords(actionWords)
  const meta = useMeta()
  useTitle(words.title)
  return (
    <>
      <PageHeader title={words.title} detail={words.detail} />
      <Loaded query={meta}>{(known) => <Catalogue actions={listActions(known)} />}</Loaded>
    </>
  )
}

function Catalogue({ actions }: { actions: readonly ListedAction[] }) {
  const words = useWords(actionWords)
  const say = usePhrase()
  const search = useSearch({ strict: false }) as { q?: unknown }
  const text = typeof search.q === 'string' || typeof search.q === 'number' ? String(search.q) : ''
  const navigate = useNavigate()
  const field = useRef<HTMLInputElement>(null)
  const seek = useDebouncedCallback(
    (q: string) => void navigate({ to: '.', search: q === '' ? {} : { q }, replace: true }),
    150,
  )
  useShortcut(
    '/',
    { en: 'Find an action', ko: '기능 찾기' },
    useCallback(() => field.current?.focus(), []),
  )
  if (actions.length === 0) return <EmptyState title={words.none}>{words.noneText}</EmptyState>
  const groups = Map.groupBy(
    actions.filter((action) => isSought(action, text)),
    ({ entity }) => entity,
  )
  return (
    <div className={classes['page']}>
      <TextInput
        ref={field}
        defaultValue={text}
        onChange={(event) => seek(event.currentTarget.value.trim())}
        placeholder={words.filter}
        aria-label={words.filter}
        leftSection={<IconSearch size={16} aria-hidden />}
      />
      {groups.size === 0 && <EmptyState title={words.noMatch} />}
      {[...groups].map(([entity, listed]) => (
        <Section key={entity?.entity ?? ''} title={entity === null ? words.general : say(entity.label)}>
          <ul className={classes['list']}>
            {listed.map(({ action: { procedure, summary, description, effect } }) => (
              <li key={procedure} className={classes['line']}>
                <Group gap={8}>
                  <PageLink to={actionPath(procedure).to} fw={600}>
                    {summary}
                  </PageLink>
                  <EffectBadge effect={effect} />
                </Group>
                <Text size="xs" c="dimmed" ff="monospace">
                  {procedure}
                </Text>
                {description !== null && <Text size="sm">{description}</Text>}
              </li>
            ))}
          </ul>
        </Section>
      ))}
    </div>
  )
}
