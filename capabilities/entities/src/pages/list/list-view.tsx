// The list of one entity: what it shows, how it is narrowed down, its records, and what can be done with them.
import { Group, Stack, Text } from '@mantine/core'
import type { MetaEntity } from '@steward/sdk'
import { PageHeader, usePhrase, useWords } from '@steward/ui'
import { useState } from 'react'
import { FilterSentence } from '../filter/filter-sentence.tsx'
import { ViewsMenu } from '../views/views-menu.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { CountLine } from './count-line.tsx'
import { ListActions } from './list-actions.tsx'
import { ListPager } from './list-pager.tsx'
import { ListTable } from './list-table.tsx'
import classes from './list-view.module.css'
import { listWords } from './list-words.ts'
import { SearchBox } from './search-box.tsx'
import { noSelection } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useList } from './use-list.ts'

export function ListView({ entity, entities }: { entity: MetaEntity; entities: readonly MetaEntity[] }) {
  const words = useWords(listWords)
  const say = usePhrase()
  const list = useList(entity, entities)
  const [selection, setSelection] = useState(noSelection)
  return (
    <Stack gap="sm">
      <PageHeader
        title={say(entity.label)}
        path={[{ label: words.data, to: '/entities' }]}
        detail={
          <Group gap="md">
            <CountLine list={list} />
            {entity.isTracked !== null && (
              <Text size="sm" c="dimmed" component="span">
                {entity.isTracked ? words.tracked : words.notTracked}
              </Text>
            )}
            {entity.description !== null && (
              <Text size="sm" c="dimmed" component="span">
                {say(entity.description)}
              </Text>
            )}
          </Group>
        }
        actions={<ListActions list={list} />}
      />
      <div className={classes.narrow}>
        <SearchBox list={list} />
        <FilterSentence list={list} />
        <Group gap="xs" ml="auto" wrap="nowrap">
          <ViewsMenu list={list} />
          <ColumnChooser list={list} />
        </Group>
      </div>
      <SelectionBar list={list} selection={selection} onChange={setSelection} />
      <ListTable list={list} selection={selection} onSelect={setSelection} />
      <ListPager list={list} />
    </Stack>
  )
}
