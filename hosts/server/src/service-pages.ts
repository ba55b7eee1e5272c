// The pages of the server itself, for those who run it: it lives, it can serve, what it did.
import { setTimeout as wait } from 'node:timers/promises'
import type { WebAnswer } from '@steward/engine'
import { serverErrors } from './errors.ts'
import type { Metrics } from './metrics.ts'
import type { ServicePage } from './request-handler.ts'
import { refusal } from './send-answer.ts'

const readyTimeoutMs = 3000

/**
 * `/healthz`, `/readyz` and `/metrics`. Load balancers ask the first two without a key.
 *
 * @example
 * const pages = servicePages({ metrics, isStopping: () => false, isReady: () => true })
 */
export function servicePages(parts: {
  metrics: Metrics
  isStopping: () => boolean
  isReady: () => boolean | Promise<boolean>
}): Record<string, ServicePage> {
  return {
    '/healthz': { needsIdentity: false, answer: async () => json({ status: 'alive' }) },
    '/readyz': { needsIdentity: false, answer: () => readiness(parts) },
    '/metrics': {
      needsIdentity: true,
      answer: async () => ({
        status: 200,
        headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
        body: parts.metrics.print(),
      }),
    },
  }
}

async function readiness({
  isStopping,
  isReady,
}: {
  isStopping: () => boolean
  isReady: () => boolean | Promise<boolean>
}): Promise<WebAnswer> {
  if (isStopping()) return refusal(serverErrors.STOPPING())
  // A pool without a connection to give may wait long; a load balancer does not.
  const asked = Promise.resolve()
    .then(isReady)
    .catch(() => false)
  const answer = await Promise.race([asked, wait(readyTimeoutMs, false, { ref: false })])
  return answer ? json({ status: 'ready' }) : refusal(serverErrors.NOT_READY())
}

function json(value: unknown): WebAnswer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
  }
}
