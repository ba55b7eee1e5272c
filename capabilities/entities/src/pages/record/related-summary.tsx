// What belongs to a record, counted on one line at its top: so that what is missing is seen at first sight.
import { Anchor } from '@mantine/core'
import type { MetaEntity, Values } from '@steward/sdk'
import { number, useLanguage, useMeta, usePhrase, useWords } from '@steward/ui'
import classes from './record.module.css'
import { recordWords } from './record-words.ts'
import { type RelatedWay, relatedWays } from './related-ways.ts'
import { countText, useDeletedCount, useRelated } from './use-related.ts'

/** More of them stand below alone. */
const mostSummed = 6

type Given = { entity: MetaEntity; recordKey: Values; record: Values }

/** `Conversations 1 · Orders 0 − 14 deleted`; each leads to its list below. */
export function RelatedSummary({ entity, recordKey, record }: Given) {
  const { data } = useMeta()
  const ways = relatedWays(entity, record, data?.entities ?? [])
  if (ways.length === 0) return null
  return (
    <div className={classes['summary']}>
      {ways.slice(0, mostSummed).map((way) => (
        <Counted key={way.id} way={way} entity={entity} recordKey={recordKey} />
      ))}
    </div>
  )
}

function Counted({ way, entity, recordKey }: { way: RelatedWay; entity: MetaEntity; recordKey: Values }) {
  const words = useWords(recordWords)
  const say = usePhrase()
  const { language } = useLanguage()
  const { data } = useRelated(way, { entity, recordKey, isWanted: true })
  const gone = useDeletedCount(way)
  if (data === undefined || (data.count === 0 && gone.count === 0)) return null
  const goneText = number(gone.count, language) + (gone.isMore ? '+' : '')
  return (
    <Anchor
      href={`#${wayPlace(way)}`}
      className={classes['summed']}
      onClick={(event) => {
        event.preventDefault()
        document.getElementById(wayPlace(way))?.scrollIntoView({ block: 'center' })
      }}
    >
      {say(way.target.label)} <strong>{countText(data, language)}</strong>
      {gone.count > 0 && <span className={classes['goneCount']}>{words.goneCount({ count: goneText })}</span>}
    </Anchor>
  )
}

/** Where a way stands on the page. */
export const wayPlace = ({ id }: RelatedWay): string => `related-${id.replaceAll(/\W+/g, '-')}`
