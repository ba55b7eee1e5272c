// All benchmarks of the repository; a new one is a line here.
import { adminApi } from './admin-api/admin-api.ts'
import { backOffice } from './back-office/back-office.ts'
import type { Benchmark } from './benchmark.ts'
import { trail } from './trail/trail.ts'

export const benchmarks: Benchmark[] = [trail, adminApi, backOffice]
