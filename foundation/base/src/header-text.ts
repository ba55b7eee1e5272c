// Text in a header of HTTP: percent-encoded, since a header holds ASCII alone.

/**
 * What a percent-encoded header says: without zero characters and outer space, which no store keeps. `null` where it says
 * nothing, `undefined` where it is not percent-encoded.
 *
 * @example
 * headerText('TICKET-42%3A%20refunded') // 'TICKET-42: refunded'
 */
export function headerText(encoded: string | undefined): string | null | undefined {
  if (encoded === undefined) return null
  // Bytes beyond ASCII arrive as if they were Latin 1: what they mean is anybody's guess.
  if (/[^\t\u0020-\u007e]/.test(encoded)) return undefined
  try {
    const text = decodeURIComponent(encoded).replaceAll('\0', ' ').trim()
    return text === '' ? null : text
  } catch {
    return undefined
  }
}
