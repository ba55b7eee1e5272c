// Where there is no timeline: why, and how to get one.
import type { MetaEntity } from '@steward/sdk'
import { EmptyState, ErrorNotice, notifyDone, SubmitButton, usePhrase, useSteward, useWords } from '@steward/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { NotInstalled } from '../not-installed.tsx'
import { timelineWords } from './timeline-words.ts'

/** Says that a table is not tracked, and tracks it for those who may. */
export function NotTracked({ entity }: { entity: MetaEntity }) {
  const words = useWords(timelineWords)
  const say = usePhrase()
  const { client, may } = useSteward()
  const queries = useQueryClient()
  const label = say(entity.label)
  const track = useMutation({
    mutationFn: () => client.ask('/trail/track', { body: { entities: [entity.entity] } }),
    onSuccess: async () => {
      notifyDone({ message: words.tracked({ label }) })
      await queries.invalidateQueries({ queryKey: ['meta'] })
    },
  })
  if (entity.isTracked === null) {
    const isTable = entity.kind === 'table' || entity.kind === 'partitioned'
    return isTable ? <NotInstalled /> : <EmptyState title={words.untrackable}>{words.untrackableHint}</EmptyState>
  }
  return (
    <>
      <EmptyState
        title={words.untracked}
        action={
          may('trail:track') && (
            <SubmitButton isBusy={track.isPending} onClick={() => track.mutate()}>
              {words.track({ label })}
            </SubmitButton>
          )
        }
      >
        {words.untrackedHint}
      </EmptyState>
      {track.isError && <ErrorNotice error={track.error} />}
    </>
  )
}
