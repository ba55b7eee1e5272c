// The records that belong to a record: how many of each, the first of them, and a link to all.
import { Anchor, Group, Skeleton, Text } from '@mantine/core'
import { useIntersection } from '@mantine/hooks'
import type { MetaEntity, Values } from '@steward/sdk'
import { ErrorNotice, Section, useLanguage, useMeta, usePhrase, useWords } from '@steward/ui'
import { Link } from '@tanstack/react-router'
import classes from './record.module.css'
import { recordWords } from './record-words.ts'
import { RelatedLine } from './related-line.tsx'
import { wayPlace } from './related-summary.tsx'
import { columnsOf, type RelatedWay, relatedWays } from './related-ways.ts'
import { countText, useRelated } from './use-related.ts'

/** Everything that belongs to a record and is no field of it; nothing where there is no way to any. */
export function RelatedRecords({
  entity,
  recordKey,
  record,
}: {
  entity: MetaEntity
  recordKey: Values
  record: Values
}) {
  const words = useWords(recordWords)
  const { data } = useMeta()
  const ways = relatedWays(entity, record, data?.entities ?? [])
  if (ways.length === 0) return null
  return (
    <Section title={words.related}>
      {ways.map((way) => (
        <Way key={way.id} way={way} entity={entity} recordKey={recordKey} />
      ))}
    </Section>
  )
}

function Way({ way, entity, recordKey }: { way: RelatedWay; entity: MetaEntity; recordKey: Values }) {
  const words = useWords(recordWords)
  const { language } = useLanguage()
  const say = usePhrase()
  const { ref, entry } = useIntersection<HTMLDivElement>({ rootMargin: '600px' })
  // Whoever does not come near it asks the database for nothing.
  const query = useRelated(way, { entity, recordKey, isWanted: entry?.isIntersecting === true })
  const { data } = query
  const count = data === undefined ? null : countText(data, language)
  return (
    <div ref={ref} id={wayPlace(way)} className={classes['way']}>
      <Group gap={8} className={classes['wayHead']}>
        <Text fw={600} size="sm">
          {say(way.target.label)}
        </Text>
        {way.via !== null && (
          <Text size="xs" c="dimmed">
            {words.via({ column: way.via })}
          </Text>
        )}
        {count === null && !query.isError ? <Skeleton height={14} width={24} /> : <Text size="sm">{count}</Text>}
        {way.list !== null && data !== undefined && data.count > 0 && (
          <Anchor component={Link} to={way.list.to} search={way.list.search as never} size="sm" ml="auto">
            {words.seeAll}
          </Anchor>
        )}
      </Group>
      {query.isError && <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />}
      {data !== undefined && data.rows.length > 0 && (
        <ul className={classes['relatedList']}>
          {data.rows.map((row, place) => (
            <RelatedLine key={place} target={way.target} row={row} without={columnsOf(way)} />
          ))}
        </ul>
      )}
    </div>
  )
}
