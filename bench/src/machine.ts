// The machine that a figure was measured on, in one line.
import { cpus, platform, release, totalmem } from 'node:os'

/** `2 × Intel Xeon 2.50GHz, 24 GB, linux 6.1, Node 24.21.0, PostgreSQL 18.4`. */
export function describeMachine(postgres: string): string {
  const cores = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const model = (cores[0]?.model ?? 'unknown processor')
    .replaceAll(/\((R|TM)\)|CPU|Processor/gi, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return [
    `${cores.length} × ${model}`,
    `${memory} GB`,
    `${platform()} ${release().split('-')[0]}`,
    `Node ${process.versions.node}`,
    `PostgreSQL ${postgres}`,
  ].join(', ')
}
