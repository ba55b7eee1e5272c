// The nonce with which the page's own styles are let through by the content security policy.

/**
 * The nonce of this document: of `<meta name="csp-nonce">`, else of a script that carries one; an empty text where there is none.
 * (The attribute of a script is emptied by the browser, its property is not.)
 */
export function readStyleNonce(): string {
  const said = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')
  return said?.content || said?.nonce || document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce || ''
}
