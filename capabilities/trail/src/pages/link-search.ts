// What a link puts into the address after the question mark.

/** The type of `search` of the router's links: without a tree of routes that is known by its types, it takes none. */
type RouterSearch = never

/**
 * Texts by name, as `search` of a link.
 *
 * @example
 * <Link to="/trail" search={linkSearch({ procedure: 'orders.refund' })} />
 */
export function linkSearch(texts: Readonly<Record<string, string>>): RouterSearch {
  return texts as RouterSearch
}
