// Where somebody wanted to go before they were asked to sign in.

/**
 * The path to go on to; home for everything that is no path of ours. Two slashes at the beginning would lead to another server, and
 * browsers pass over tabs and line breaks between them.
 *
 * @example
 * whereNext('//elsewhere.example') // '/'
 */
export function whereNext(wanted: unknown): string {
  const isOwn =
    typeof wanted === 'string' &&
    /^\/(?![/\\])[^\t\n\r]*$/.test(wanted) &&
    !/^\/(sign-in|welcome)([?#/]|$)/.test(wanted)
  return isOwn ? wanted : '/'
}
