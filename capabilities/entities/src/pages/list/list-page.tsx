// The list of an entity, by its address.
import { EmptyState, ErrorNotice, LoadingPage, PageLink, useMeta, usePhrase, useTitle, useWords } from '@steward/ui'
import { useParams } from '@tanstack/react-router'
import { ListView } from './list-view.tsx'
import { listWords } from './list-words.ts'

export default function ListPage() {
  const { entity: name = '' } = useParams({ strict: false }) as { entity?: string }
  const words = useWords(listWords)
  const say = usePhrase()
  const { data, error, refetch } = useMeta()
  const entity = data?.entities.find((one) => one.entity === name)
  useTitle(entity === undefined ? null : say(entity.label))
  if (data === undefined)
    return error === null ? <LoadingPage /> : <ErrorNotice error={error} onRetry={() => void refetch()} />
  if (entity === undefined) {
    return (
      <EmptyState
        title={words.unknownEntity({ entity: name })}
        action={<PageLink to="/entities">{words.allEntities}</PageLink>}
      >
        {words.unknownEntityNext}
      </EmptyState>
    )
  }
  return <ListView key={name} entity={entity} entities={data.entities} />
}
