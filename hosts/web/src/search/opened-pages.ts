// What was opened last in this browser: short, and forgotten with the session.

/** A page by its path, under the name that it had. */
export type OpenedPage = { path: string; label: string }

const storageKey = 'steward.opened'
const most = 8

/** The last opened pages, the newest first. */
export function openedPages(): OpenedPage[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isOpenedPage).slice(0, most) : []
  } catch {
    return []
  }
}

/** Puts a page on top. */
export function rememberOpened(page: OpenedPage): void {
  const others = openedPages().filter(({ path }) => path !== page.path)
  localStorage.setItem(storageKey, JSON.stringify([page, ...others].slice(0, most)))
}

function isOpenedPage(value: unknown): value is OpenedPage {
  const { path, label } = (value ?? {}) as Record<string, unknown>
  return typeof path === 'string' && path.startsWith('/') && typeof label === 'string'
}
