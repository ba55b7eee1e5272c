// A reporter for knip that says how many files it read, so that a run which read nothing cannot pass.
import type { ReporterOptions } from 'knip'

export default function countFiles({ counters }: ReporterOptions): void {
  console.log(`knip read ${counters.processed} files`)
}
