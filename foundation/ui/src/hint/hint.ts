// More about something that is shown, on hover, on focus and by touch.

/**
 * What an element carries that has more to tell: shown beside it by the one {@link HintLayer}, so that ten thousand of them cost
 * nothing. An empty or missing text carries nothing.
 *
 * @example
 * <time {...hint(exactInstant)}>{relative}</time>
 */
export function hint(text: string | null | undefined): { 'data-hint'?: string; 'aria-description'?: string } {
  return text == null || text === '' ? {} : { 'data-hint': text, 'aria-description': text }
}
