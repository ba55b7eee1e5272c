// What Prometheus reads: requests, how long they took, and how the process is.
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** One request that was answered. `room` is the prefix of the room, or the page's own path. */
export type AnsweredRequest = { method: string; room: string; status: number; seconds: number }

/**
 * Counts for one server.
 *
 * @example
 * metrics.count({ method: 'GET', room: '/api', status: 200, seconds: 0.012 })
 */
export type Metrics = {
  begin: () => void
  count: (answered: AnsweredRequest) => void
  /** Prometheus' text format. */
  print: () => string
  close: () => void
}

const bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
// A label for every word that a caller makes up would fill the memory.
const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Begins to count.
 *
 * @example
 * const metrics: Metrics = createMetrics()
 */
export function createMetrics(): Metrics {
  const requests = new Map<string, number>()
  const durations = new Map<string, { buckets: number[]; sum: number; count: number }>()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  let running = 0
  delay.enable()
  return {
    begin: () => {
      running += 1
    },
    count: ({ method, room, status, seconds }) => {
      running -= 1
      const labels = labelled({
        method: knownMethods.has(method) ? method : 'other',
        room,
        status: `${Math.floor(status / 100)}xx`,
      })
      requests.set(labels, (requests.get(labels) ?? 0) + 1)
      const histogram = durations.get(room) ?? { buckets: bounds.map(() => 0), sum: 0, count: 0 }
      durations.set(room, histogram)
      bounds.forEach((bound, index) => {
        if (seconds <= bound) histogram.buckets[index] = (histogram.buckets[index] ?? 0) + 1
      })
      histogram.sum += seconds
      histogram.count += 1
    },
    print: () => {
      const lines = [
        ...metric('steward_http_requests_total', 'counter', 'Requests answered, by method, room and class of status.', [
          ...requests,
        ]),
        ...metric('steward_http_requests_running', 'gauge', 'Requests that are being answered.', [['', running]]),
        ...head(
          'steward_http_request_duration_seconds',
          'histogram',
          'From the headers to the last byte of the answer.',
        ),
        ...[...durations].flatMap(([room, { buckets, sum, count }]) => [
          ...bounds.map((bound, index) => bucketLine(room, String(bound), buckets[index] ?? 0)),
          bucketLine(room, '+Inf', count),
          `steward_http_request_duration_seconds_sum${labelled({ room })} ${sum}`,
          `steward_http_request_duration_seconds_count${labelled({ room })} ${count}`,
        ]),
        ...processMetrics(),
        ...metric('nodejs_eventloop_lag_seconds', 'gauge', 'Delay of the event loop since the last reading.', [
          [labelled({ quantile: '0.5' }), delay.percentile(50) / 1e9],
          [labelled({ quantile: '0.99' }), delay.percentile(99) / 1e9],
          [labelled({ quantile: '1' }), delay.max / 1e9],
        ]),
      ]
      delay.reset()
      return `${lines.join('\n')}\n`
    },
    close: () => delay.disable(),
  }
}

function processMetrics(): string[] {
  const memory = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const startedAt = Date.now() / 1000 - process.uptime()
  return [
    ...metric('process_resident_memory_bytes', 'gauge', 'Memory of the process.', [['', memory.rss]]),
    ...metric('nodejs_heap_size_used_bytes', 'gauge', 'Memory of living JavaScript values.', [['', memory.heapUsed]]),
    ...metric('nodejs_external_memory_bytes', 'gauge', 'Memory of buffers.', [['', memory.external]]),
    ...metric('process_cpu_seconds_total', 'counter', 'Processor time.', [['', (user + system) / 1e6]]),
    ...metric('process_start_time_seconds', 'gauge', 'When the process started.', [['', startedAt]]),
  ]
}

function metric(name: string, kind: string, help: string, values: [labels: string, value: number][]): string[] {
  return [...head(name, kind, help), ...values.map(([labels, value]) => `${name}${labels} ${value}`)]
}

function head(name: string, kind: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`]
}

function bucketLine(room: string, bound: string, count: number): string {
  return `steward_http_request_duration_seconds_bucket${labelled({ room, le: bound })} ${count}`
}

function labelled(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/["\\\n]/g, '_')}"`)
  return `{${pairs.join(',')}}`
}
