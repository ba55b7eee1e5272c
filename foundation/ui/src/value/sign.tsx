// The signs for what is not there or may not be seen: drawn, since not every font has them.
import classes from './sign.module.css'

/** What is said of it on hover and to those who hear it; the texts in it are what is found on the page. */
export function NullSign({ said }: { said?: string | undefined }) {
  return (
    <span
      className={classes.null}
      {...(said === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': said })}
      data-hint={said}
    >
      {'∅'}
    </span>
  )
}

/** A masked value: blocks, beside what its mask lets through. */
export function MaskSign({ text, said }: { text: string; said: string }) {
  return (
    <span className={classes.mask} role="img" aria-label={said} data-hint={said}>
      {text.split(/(▒+)/).map((part, at) => (
        <span key={`${at}`} className={part.startsWith('▒') ? classes.blocks : undefined}>
          {part}
        </span>
      ))}
    </span>
  )
}
