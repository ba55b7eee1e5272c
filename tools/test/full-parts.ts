// The full proof, cut into parts that each take less than twenty minutes: which tests run on which PostgreSQL.

export interface FullPart {
  name: string
  /** What STEWARD_TEST_PG says: the major version of the embedded PostgreSQL. */
  postgres: string
  /** Folders whose tests run. */
  folders: string[]
  /** Tests that another part runs. */
  without?: string
  /** More of the environment. */
  environment?: Record<string, string>
}

const versions = ['14', '16', '18']
const laws = ['time-travel', 'revert', 'foreign-edits']
// The thousand histories of a law, half by half: each half looks elsewhere.
const halves = [1, 2]

/** What needs a database runs on every version that we promise; the rest once. */
export const fullParts: FullPart[] = [
  ...versions.map((postgres) => ({ name: `foundation on ${postgres}`, postgres, folders: ['foundation/'] })),
  ...versions.map((postgres) => ({
    name: `trail without its laws on ${postgres}`,
    postgres,
    folders: ['capabilities/trail/'],
    without: '**/law-of-*',
  })),
  ...versions.flatMap((postgres) =>
    laws.flatMap((law) =>
      halves.map((half) => ({
        name: `law of ${law}, half ${half}, on ${postgres}`,
        postgres,
        folders: [`capabilities/trail/src/proofs/law-of-${law}`],
        environment: { STEWARD_RUNS: '500', STEWARD_SEED: `2026112${half}` },
      })),
    ),
  ),
  ...versions.map((postgres) => ({ name: `entities on ${postgres}`, postgres, folders: ['capabilities/entities/'] })),
  {
    name: 'access, inquiries, hosts, sdk, steward, tools on 18',
    postgres: '18',
    folders: ['capabilities/access/', 'capabilities/inquiries/', 'hosts/', 'sdk/', 'steward/', 'bench/', 'tools/'],
  },
]
