// What goes wrong in pages while they are used: errors, failed requests, breaches of the content security policy.
import type { BrowserContext } from 'playwright-core'

/** What went wrong, in the order in which it happened. */
export type Problems = {
  /** Of scripts, thrown or written to the console. */
  errors: string[]
  /** `GET http://… 500`, or why nothing came back. */
  failedRequests: string[]
  /** `script-src blocked inline at http://…` */
  violations: string[]
  /** Whether anybody managed to run a dialog: alert, confirm or prompt. Each is closed at once. */
  dialogs: string[]
}

/** Watches every page of a context from its first document on; the lists grow while pages are used. */
export async function watchPage(context: BrowserContext): Promise<Problems> {
  const problems: Problems = { errors: [], failedRequests: [], violations: [], dialogs: [] }
  context.on('weberror', (failure) => problems.errors.push(failure.error().stack ?? String(failure.error())))
  context.on('console', (message) => {
    // That a request failed stands in a list of its own.
    const isRequest = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRequest) problems.errors.push(message.text())
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed'
    // A page that is left, or a question that is no longer asked.
    if (reason !== 'net::ERR_ABORTED') problems.failedRequests.push(`${request.method()} ${request.url()} ${reason}`)
  })
  context.on('response', (response) => {
    const line = `${response.request().method()} ${response.url()} ${response.status()}`
    if (response.status() >= 400) problems.failedRequests.push(line)
  })
  context.on('dialog', (dialog) => {
    problems.dialogs.push(`${dialog.type()}: ${dialog.message()}`)
    void dialog.dismiss().catch(() => undefined)
  })
  await context.exposeBinding('reportViolation', (_source, line: string) => problems.violations.push(line))
  await context.addInitScript(listen)
  return problems
}

// As text: it runs in the page, which this file's types know nothing of.
const listen = `document.addEventListener('securitypolicyviolation', (event) => {
  window.reportViolation(
    event.effectiveDirective + ' blocked ' + (event.blockedURI || 'inline') + ' at ' + event.documentURI + ' ' + event.sample,
  )
})`
