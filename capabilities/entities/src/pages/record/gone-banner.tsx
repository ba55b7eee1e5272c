// Says of a record that it is gone, and how it comes back.
import type { Change } from '@steward/sdk'
import { operationPath, PageLink, revertPath, useSteward, useWords } from '@steward/ui'
import classes from './record.module.css'
import { recordWords } from './record-words.ts'

/** Above the last known state of a record that was deleted. */
export function GoneBanner({ change }: { change: Change }) {
  const words = useWords(recordWords)
  const { may } = useSteward()
  const { id } = change.operation
  return (
    <div className={classes['banner']} data-kind="gone" role="status">
      <strong>{words.gone}</strong>
      <span>{words.goneText}</span>
      <span className={classes['bannerActions']}>
        {may('trail:operation') && <PageLink to={operationPath(id)}>{words.seeOperation}</PageLink>}
        {may('trail:revert') && <PageLink to={revertPath(id)}>{words.bringBack}</PageLink>}
      </span>
    </div>
  )
}
