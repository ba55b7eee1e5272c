// How a promise is reached on the web: method and path, below the capability that makes it.

/**
 * The address of a procedure on the web.
 *
 * @example
 * const route: WebRoute = { path: '/history/{entity}' }
 */
export type WebRoute = {
  /** GET for what reads, POST for all else, unless given. */
  method?: 'GET' | 'POST'
  /** Begins with `/`; `{field}` stands for a field of the input. The procedure's name in kebab-case unless given. */
  path?: `/${string}`
  /** A reason is enough of a confirmation: of a deed that can be taken back. */
  isConfirmedByReason?: boolean
}

/** The address with everything filled in. */
export function webRoute(
  name: string,
  effect: string,
  { method, path, isConfirmedByReason }: WebRoute,
): Required<WebRoute> {
  return {
    method: method ?? (effect === 'read' ? 'GET' : 'POST'),
    path: path ?? `/${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    isConfirmedByReason: isConfirmedByReason ?? false,
  }
}
