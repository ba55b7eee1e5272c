// The benchmark of the Admin API: what a request costs beside a handler that somebody wrote by hand.
import type { Benchmark } from '../benchmark.ts'
import { catalog } from './catalog.ts'
import { embed, insert, list, one } from './scenarios.ts'

export const adminApi: Benchmark = {
  name: 'admin-api',
  summary: 'what a request to the Admin API costs, against a hand-written Fastify and pg handler',
  parts: [one, list, embed, insert, catalog],
}
