// What was touched, entity by entity: how many records, which columns, and a few of them.
import { Group } from '@mantine/core'
import {
  DataTable,
  number,
  parentsFirst,
  RecordLink,
  type TableColumn,
  useLanguage,
  useMeta,
  usePhrase,
  useWords,
  Value,
} from '@steward/ui'
import type { BlastAnswer } from '../answers.ts'
import { blastWords } from './blast-words.ts'

type Touched = BlastAnswer['entities'][number]

/** A row an entity; brief, it leaves out which columns. */
export function TouchedEntities({ entities, isBrief = false }: { entities: readonly Touched[]; isBrief?: boolean }) {
  const words = useWords(blastWords)
  const { language } = useLanguage()
  const say = usePhrase()
  const { data: meta } = useMeta()
  const metaOf = (name: string) => meta?.entities.find(({ entity }) => entity === name)
  const labelOf = (entity: string) => {
    const label = metaOf(entity)?.label
    return label === undefined ? entity : say(label)
  }
  const columnsOf = ({ entity, columns }: Touched) => {
    const labels = new Map(metaOf(entity)?.columns.map(({ name, label }) => [name, say(label)]))
    return columns.map((name) => labels.get(name) ?? name).join(', ')
  }
  const besides: TableColumn<Touched>[] = [
    {
      id: 'columns',
      header: words.columns,
      render: (touched) => <span title={columnsOf(touched)}>{columnsOf(touched)}</span>,
    },
    {
      id: 'sample',
      header: words.sample,
      render: ({ entity, sample }) => (
        <Group gap={6} wrap="nowrap">
          {sample
            .slice(0, isBrief ? 3 : 5)
            .map((key, place) =>
              metaOf(entity) === undefined ? (
                <Value key={place} value={key} isCompact />
              ) : (
                <RecordLink key={place} entity={entity} recordKey={key} />
              ),
            )}
        </Group>
      ),
    },
  ]
  return (
    <DataTable
      label={words.touched}
      rows={parentsFirst(entities, meta)}
      rowKey={({ entity }) => entity}
      columns={[
        { id: 'entity', header: words.entity, width: 120, render: ({ entity }) => labelOf(entity) },
        {
          id: 'records',
          header: words.records,
          align: 'right',
          width: 80,
          render: ({ records, sample }) =>
            records === 0 && sample.length === 0 ? words.keyless : number(records, language),
        },
        {
          id: 'changes',
          header: words.changes,
          align: 'right',
          width: 80,
          render: ({ changes }) => number(changes, language),
        },
        ...(isBrief ? besides.slice(1) : besides),
      ]}
    />
  )
}
