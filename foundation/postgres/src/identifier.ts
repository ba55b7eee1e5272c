// Names and values as SQL text, for the few places where SQL takes no parameter.

/**
 * A name in double quotes, safe to put into SQL whatever it holds.
 *
 * @throws TypeError for an empty name and for one with a zero character: PostgreSQL has neither.
 * @example
 * quoteIdentifier('user "x"') // '"user ""x"""'
 */
export function quoteIdentifier(name: string): string {
  if (name === '' || name.includes('\0')) {
    throw new TypeError(`PostgreSQL has no name like ${JSON.stringify(name)}`)
  }
  return `"${name.replaceAll('"', '""')}"`
}

/**
 * A text in single quotes, safe to put into SQL under every setting of `standard_conforming_strings`.
 *
 * @throws TypeError for a text with a zero character, which PostgreSQL cannot hold.
 * @example
 * quoteLiteral("it's") // "'it''s'"
 */
export function quoteLiteral(text: string): string {
  if (text.includes('\0')) throw new TypeError('PostgreSQL cannot hold a text with a zero character')
  const quoted = `'${text.replaceAll("'", "''")}'`
  // The blank keeps the E from growing together with a keyword before it.
  return text.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted
}
