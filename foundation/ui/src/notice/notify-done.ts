// What was done, said in passing: pages say it, the frame shows it.

/** Something that was done; `path` leads to its operation. */
export type Notice = { message: string; path?: string | undefined; linkLabel?: string | undefined }

const listeners = new Set<(notice: Notice) => void>()

/**
 * Says in passing what was done, with a link to its operation.
 *
 * @example
 * notifyDone({ message: words.saved, path: operationPath(id), linkLabel: words.seeOperation })
 */
export function notifyDone(notice: Notice): void {
  for (const listener of listeners) listener(notice)
}

/** Hears what pages say: for the frame alone. Returns how to stop. */
export function onNotice(listener: (notice: Notice) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
