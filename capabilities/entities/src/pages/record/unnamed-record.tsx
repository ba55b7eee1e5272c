// What a page says when its address names no record.
import { EmptyState, entityPath, PageLink, usePhrase, useWords } from '@steward/ui'
import { recordWords } from './record-words.ts'
import type { Named } from './use-named-record.ts'

/** Why there is no record to show, and where to go instead. */
export function UnnamedRecord({ named }: { named: Exclude<Named, { kind: 'record' }> }) {
  const words = useWords(recordWords)
  const say = usePhrase()
  if (named.kind === 'no-entity')
    return (
      <EmptyState
        title={words.noEntity({ name: named.name })}
        action={<PageLink to="/entities">{words.toEntities}</PageLink>}
      >
        {words.noEntityText}
      </EmptyState>
    )
  const { entity } = named
  const isKeyless = named.kind === 'no-key'
  return (
    <EmptyState
      title={isKeyless ? words.noKey : words.badKey}
      action={<PageLink to={entityPath(entity.entity)}>{`${say(entity.label)}: ${words.toList}`}</PageLink>}
    >
      {isKeyless ? words.noKeyText : words.badKeyText}
    </EmptyState>
  )
}
