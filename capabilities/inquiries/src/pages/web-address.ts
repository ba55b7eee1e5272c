// Which texts become a link: addresses on the web, and nothing else.

/**
 * Whether a text is an address that begins with http:// or https://.
 *
 * @example
 * isWebAddress('javascript:alert(1)') // false
 */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#\\]+\S*$/i.test(text) && URL.canParse(text)
}
