// The benchmark of the trail: what it costs to leave it on, and how fast it answers.
import type { Benchmark } from '../benchmark.ts'
import { bulk } from './bulk.ts'
import { history } from './history.ts'
import { instrument } from './instrument.ts'
import { trigger } from './trigger.ts'

export const trail: Benchmark = {
  name: 'trail',
  summary: 'what it costs to leave the trail on, and how fast it answers',
  parts: [trigger, bulk, history, instrument],
}
