// Saved views of a list: one's own and shared ones, to show, to save, to change and to forget.
import {
  ActionIcon,
  Button,
  Checkbox,
  Divider,
  Group,
  Popover,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core'
import { ErrorNotice, Loaded, notifyDone, SubmitButton, useSteward, useWords } from '@steward/ui'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { List } from '../list/use-list.ts'
import { type SavedView, useSavedViews } from './use-saved-views.ts'
import { isSame, shownOf, stateOf } from './view-state.ts'
import classes from './views-menu.module.css'
import { viewsWords } from './views-words.ts'

export function ViewsMenu({ list }: { list: List }) {
  const words = useWords(viewsWords)
  const { may } = useSteward()
  const [isOpen, setOpen] = useState(false)
  const { query, current } = useViews(list)
  if (!may('entities:views')) return null
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconBookmark size={14} stroke={1.5} />}
          onClick={() => setOpen(!isOpen)}
        >
          {current?.name ?? words.views}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={280}>
          <Loaded query={query}>
            {(views) => <ViewList views={views} list={list} onShown={() => setOpen(false)} />}
          </Loaded>
          {may('entities:save-view') && (
            <>
              <Divider />
              <SaveView list={list} views={query.data ?? []} />
            </>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function useViews({ entity, state }: List) {
  const { views } = useSavedViews()
  const { may } = useSteward()
  const query = useQuery({
    queryKey: ['entities', 'views', entity.entity],
    queryFn: ({ signal }) => views({ entity: entity.entity }, { signal }),
    enabled: may('entities:views'),
    staleTime: 60_000,
  })
  const shown = shownOf(state)
  return { query, current: query.data?.find((view) => isSame(view, shown)) }
}

function ViewList({ views, list, onShown }: { views: readonly SavedView[]; list: List; onShown: () => void }) {
  const words = useWords(viewsWords)
  if (views.length === 0) {
    return (
      <div>
        <Text size="sm" fw={500}>
          {words.none}
        </Text>
        <Text size="xs" c="dimmed">
          {words.noneNext}
        </Text>
      </div>
    )
  }
  const groups = [
    { title: words.own, members: views.filter(({ isOwn }) => isOwn) },
    { title: words.shared, members: views.filter(({ isOwn }) => !isOwn) },
  ]
  return (
    <>
      {groups
        .filter(({ members }) => members.length > 0)
        .map(({ title, members }) => (
          <div key={title}>
            <Text size="xs" c="dimmed">
              {title}
            </Text>
            {members.map((view) => (
              <ViewLine key={view.id} view={view} list={list} onShown={onShown} />
            ))}
          </div>
        ))}
    </>
  )
}

function ViewLine({ view, list, onShown }: { view: SavedView; list: List; onShown: () => void }) {
  const words = useWords(viewsWords)
  const { may, whoami } = useSteward()
  const { deleteView } = useSavedViews()
  const queries = useQueryClient()
  const forget = useMutation({
    mutationFn: () => deleteView({ id: view.id }),
    onSuccess: async () => {
      notifyDone({ message: words.removed({ name: view.name }) })
      await queries.invalidateQueries({ queryKey: ['entities', 'views', view.entity] })
    },
  })
  const mayForget = may('entities:delete-view') && (view.isOwn || whoami.permissions.includes('*'))
  const show = () => {
    list.show(stateOf(view, list.entity))
    onShown()
  }
  const note = view.isOwn
    ? view.isShared
      ? words.isShared
      : null
    : words.by({ who: view.owner.name ?? view.owner.id })
  return (
    <>
      <Group gap={4} wrap="nowrap">
        <UnstyledButton className={classes.view} onClick={show}>
          {view.name}
          {note !== null && (
            <Text size="xs" c="dimmed" component="span" ml={6}>
              {note}
            </Text>
          )}
        </UnstyledButton>
        {mayForget && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            loading={forget.isPending}
            aria-label={words.remove({ name: view.name })}
            onClick={() => forget.mutate()}
          >
            <IconTrash size={14} stroke={1.5} />
          </ActionIcon>
        )}
      </Group>
      {forget.isError && <ErrorNotice error={forget.error} />}
    </>
  )
}

/** Saves what is shown under a name; under the name of a view of one's own it takes its place. */
function SaveView({ list: { entity, state }, views }: { list: List; views: readonly SavedView[] }) {
  const words = useWords(viewsWords)
  const { saveView } = useSavedViews()
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const own = views.find((view) => view.isOwn && view.name === name.trim())
  const save = useMutation({
    mutationFn: () =>
      saveView({
        ...(own === undefined ? {} : { id: own.id }),
        entity: entity.entity,
        name: name.trim(),
        isShared,
        ...shownOf(state),
      }),
    onSuccess: async (view) => {
      notifyDone({ message: words.saved({ name: view.name }) })
      setName('')
      await queries.invalidateQueries({ queryKey: ['entities', 'views', entity.entity] })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') save.mutate()
      }}
    >
      <Stack gap="xs">
        <Text size="sm" fw={500}>
          {words.save}
        </Text>
        <TextInput
          size="xs"
          label={words.name}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label={words.share}
          checked={isShared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        {save.isError && <ErrorNotice error={save.error} />}
        <SubmitButton isBusy={save.isPending} isDisabled={name.trim() === ''}>
          {own === undefined ? words.saveIt : words.update({ name: own.name })}
        </SubmitButton>
      </Stack>
    </form>
  )
}
