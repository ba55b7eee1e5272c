// The box by which a row is chosen.
import classes from './data-table.module.css'

/** A box to choose by; with shift, all from the last one on. */
export function Choosing({
  label,
  isChosen,
  isMixed = false,
  onChoose,
}: {
  label: string
  isChosen: boolean
  isMixed?: boolean
  onChoose: (isRange: boolean) => void
}) {
  return (
    <label className={classes.box}>
      <input
        type="checkbox"
        aria-label={label}
        checked={isChosen}
        ref={(input) => {
          if (input !== null) input.indeterminate = isMixed
        }}
        onChange={(event) => onChoose((event.nativeEvent as MouseEvent).shiftKey === true)}
      />
    </label>
  )
}
