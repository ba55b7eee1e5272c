// The full proof, cut into parts that each take less than twenty minutes: which tests run on which PostgreSQL.

export interface FullPart {
  name: string
  /** What STEWARD_TEST_PG says: the major version of the embedded PostgreSQL. */
  postgres: string
  /** Folders whose tests run. */
  folders: string[]
  /** One of several shards, as Vitest takes it. */
  shard?: string
}

const versions = ['14', '16', '18']
const trailShards = 3

/** What needs a database runs on every version that we promise; the rest once. */
export const fullParts: FullPart[] = [
  ...versions.map((postgres) => ({ name: `foundation on ${postgres}`, postgres, folders: ['foundation/'] })),
  ...versions.flatMap((postgres) =>
    Array.from({ length: trailShards }, (_, index) => ({
      name: `trail ${index + 1} of ${trailShards} on ${postgres}`,
      postgres,
      folders: ['capabilities/trail/'],
      shard: `${index + 1}/${trailShards}`,
    })),
  ),
  { name: 'hosts, steward, tools on 18', postgres: '18', folders: ['hosts/', 'steward/', 'bench/', 'tools/'] },
]
