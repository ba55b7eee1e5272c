// The code of a page that cannot be fetched without a network: it is fetched as soon as there is one, and until then the page is loading.

/**
 * Loads; what fails for want of a network is loaded anew once it is back. Left alone, the router would take it for an old version and
 * load the whole document, which without a network ends in nothing.
 */
export async function loadWhenOnline<Loaded>(load: () => Promise<Loaded>): Promise<Loaded> {
  try {
    return await load()
  } catch (error) {
    if (navigator.onLine) throw error
    await new Promise((resolve) => addEventListener('online', resolve, { once: true }))
    askAnewForStyles()
    return loadWhenOnline(load)
  }
}

/** Styles that did not come are not asked for a second time by what loads pages. */
function askAnewForStyles(): void {
  for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    if (link.sheet === null) link.replaceWith(link.cloneNode())
  }
}
