// The stage of the three stories: the example with its ninety days, at a small scale, served with its own configuration.
import { fileURLToPath } from 'node:url'
import { testDatabase } from '@steward/cluster'
import { compileHelpdesk, fillHelpdesk, type HelpdeskFacts } from '@steward/tools/helpdesk'
import { loadConfig } from '../../config/load-config.ts'
import { openStage, type Stage } from './open-stage.ts'

/** The stage, and what was planted on it. */
export type Helpdesk = Stage & { planted: HelpdeskFacts['planted'] }

const folder = fileURLToPath(new URL('../../../../examples/helpdesk/', import.meta.url))

/** Opens it with nobody's traces yet; people are there for the roles cx, developer and admin. */
export async function openHelpdesk(): Promise<Helpdesk> {
  await compileHelpdesk()
  const service = await testDatabase({ name: 'helpdesk story' })
  const facts = await fillHelpdesk({
    databaseUrl: service.url,
    scale: 0.02,
    stopping: new AbortController().signal,
    advance: () => undefined,
  })
  if (facts === null) throw new Error('The helpdesk was not filled.')
  const { configuration } = await loadConfig({ folder })
  const stage = await openStage(service, configuration, ['cx', 'developer', 'admin'])
  return {
    ...stage,
    planted: facts.planted,
    close: async () => {
      await stage.close()
      await service.drop()
    },
  }
}
