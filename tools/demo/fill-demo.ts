// Fills the demo from nothing: the example compiled, its ninety days, and the pages, with a bar that says how far it is.
import type { Cluster } from '@steward/cluster'
import { buildPages } from './build-pages.ts'
import { compileHelpdesk } from './compile-helpdesk.ts'
import { createDatabases, databases, fingerprintOfExample } from './databases.ts'
import type { Filled } from './demo-folder.ts'
import { fillHelpdesk, helpdeskStep } from './fill-helpdesk.ts'
import { openProgressBar, type Step } from './progress-bar.ts'
import type { DemoOptions } from './read-options.ts'
import type { Stage } from './stage.ts'

const steps: readonly Step[] = [
  { name: 'compile', says: 'Compiling the example', weight: 2 },
  helpdeskStep,
  { name: 'pages', says: 'Building the pages', weight: 4 },
]

/**
 * Fills it; null when it was told to stop in between.
 *
 * @throws DEMO_NOT_COMPILED, DEMO_NOT_FILLED, SERVE_PAGES_BROKEN
 */
export async function fillDemo(
  cluster: Cluster,
  { options, stage }: { options: DemoOptions; stage: Stage },
): Promise<Filled | null> {
  stage.say('Filling a helpdesk with ninety days of activity, once. It takes about a minute.\n')
  const bar = openProgressBar(steps, stage.screen)
  const during = <Result>(step: string, work: Promise<Result>): Promise<Result> => {
    bar.advance(step, 0)
    return work.then((result) => {
      bar.advance(step, 1)
      return result
    })
  }
  try {
    await createDatabases(cluster)
    await during('compile', compileHelpdesk())
    const pages = during('pages', buildPages())
    const [facts] = await Promise.all([
      fillHelpdesk({
        databaseUrl: cluster.urlOf(databases.service),
        scale: options.scale,
        stopping: stage.stopping,
        advance: (step, share, says) => bar.advance(step, share, says),
      }),
      pages,
    ])
    return facts === null ? null : { fingerprint: await fingerprintOfExample(), facts }
  } finally {
    bar.close()
  }
}
