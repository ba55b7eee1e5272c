// What stands there until the answer has come, in the size that it will have.
import { Skeleton, VisuallyHidden } from '@mantine/core'
import { useWords } from '../language/language-provider.tsx'
import classes from './loading.module.css'
import { pageWords } from './page-words.ts'

/**
 * Rows in the size of a dense table's: eight unless given.
 *
 * @example
 * <LoadingRows rows={20} />
 */
export function LoadingRows({ rows = 8 }: { rows?: number | undefined }) {
  const words = useWords(pageWords)
  return (
    <div className={classes.rows} role="status">
      <VisuallyHidden>{words.loading}</VisuallyHidden>
      {Array.from({ length: rows }, (_, at) => (
        <div key={`${at}`} className={classes.row}>
          <Skeleton height={10} width={`${lengths[at % lengths.length]}%`} />
        </div>
      ))}
    </div>
  )
}

/** As different as texts are. */
const lengths = [62, 48, 70, 55, 40, 66, 52]

/** A whole page: its head, and rows below. */
export function LoadingPage() {
  return (
    <div className={classes.page}>
      <Skeleton height={12} width={120} />
      <Skeleton height={20} width={260} />
      <LoadingRows rows={10} />
    </div>
  )
}
