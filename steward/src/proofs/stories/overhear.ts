// What a browser is sent, all of it: each answer's body by its address, and a page that has come to rest before it is left.
import type { OpenedPage } from '@steward/tools/browser'
import { expect } from 'vitest'

/** Bodies in the order in which they came; `read` waits until all that has come is read, and empties the list. */
type Overheard = { read(): Promise<{ url: string; body: string }[]> }

/** Listens to every page of a context from now on. */
export function overhear({ context }: OpenedPage): Overheard {
  let reading: Promise<{ url: string; body: string }>[] = []
  context.on('requestfinished', (request) => {
    const url = request.url()
    const body = request.response().then((response) => response?.text() ?? '')
    // A redirect has none.
    reading.push(body.then((text) => ({ url, body: text })).catch(() => ({ url, body: '' })))
  })
  return {
    async read() {
      const heard = reading
      reading = []
      return Promise.all(heard)
    },
  }
}

const loading = /^(Loading…|불러오는 중이에요…)$/

/** Goes to an address and stays until nothing is asked for and nothing is on its way. */
export async function arrive({ page }: Pick<OpenedPage, 'page'>, address: string): Promise<void> {
  await page.goto(address, { waitUntil: 'networkidle' })
  await rest({ page })
}

/** Until the page has its content, and no part of it is still loading. */
export async function rest({ page }: Pick<OpenedPage, 'page'>): Promise<void> {
  const main = page.getByRole('main')
  await main.getByRole('heading').or(main.getByRole('alert')).or(main.getByRole('paragraph')).first().waitFor()
  await expect.poll(() => main.getByText(loading).count(), { timeout: 20_000 }).toBe(0)
}
