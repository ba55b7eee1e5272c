// Puts a text on the clipboard.

/** Copies a text; false where the browser does not let the page. Also where a page has come without TLS. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Only pages of a secure origin have it, whatever the types say.
    const clipboard = navigator.clipboard as Clipboard | undefined
    if (clipboard === undefined) return copySelection(text)
    await clipboard.writeText(text)
    return true
  } catch {
    return copySelection(text)
  }
}

function copySelection(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('readonly', '')
  field.style.position = 'fixed'
  field.style.opacity = '0'
  // Inside of a dialog the focus cannot leave it.
  const active = document.activeElement as HTMLElement | null
  const home = active?.closest('[role="dialog"]') ?? document.body
  home.append(field)
  field.select()
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else copies on a page that has come without TLS.
  const isCopied = document.execCommand('copy')
  field.remove()
  active?.focus()
  return isCopied
}
