// The benchmark of the back office: how long a person waits for a list, for hits, for a timeline, when there is much of everything.
import type { Benchmark } from '../benchmark.ts'
import { firstJs } from './first-js.ts'
import { pages } from './pages.ts'

export const backOffice: Benchmark = {
  name: 'back-office',
  summary: 'what a person waits for in the back office, in Chromium, over a million records and ten million changes',
  parts: [firstJs, pages],
}
