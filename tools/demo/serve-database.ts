// `DATABASE_URL=… npm start`: the team's own database in the back office, for whoever sits here; nothing in it is changed.
import { once } from 'node:events'
import { readActor } from '@steward/cli'
import { loadConfig } from 'steward'
import { buildPages } from './build-pages.ts'
import { openBackOffice } from './open-back-office.ts'
import type { Stage } from './stage.ts'

/** Serves until it is told to stop. */
export async function serveDatabase(databaseUrl: string, wished: number, stage: Stage): Promise<void> {
  const { folder, environment, say, stopping } = stage
  const configured = await loadConfig({ named: environment['STEWARD_CONFIG'], folder })
  say('Building the pages, once after each change of Steward …')
  await buildPages()
  const office = await openBackOffice({
    databaseUrl,
    officeUrl: environment['STEWARD_DATABASE_URL'],
    configured,
    actor: readActor(environment['STEWARD_ACTOR']),
    port: wished,
    warn: (message) => say(`! ${message}`),
  })
  try {
    if (office.port !== wished && wished !== 0) say(`Port ${wished} is taken: ${office.port} it is.`)
    say(advice(office.url, configured.file))
    if (!stopping.aborted) await once(stopping, 'abort')
    say('\nStopping.')
  } finally {
    await office.close()
  }
}

function advice(url: string, configuration: string | null): string {
  const init = configuration === null ? [['steward init', 'labels, search, roles and masks, to look through']] : []
  const next = [
    ...init,
    ['steward doctor', 'what is missing, and how to mend it'],
    ['steward trail install', 'a schema "steward" in your database, for the trail'],
    ['steward trail track --all', 'from then on every change is remembered, and can be reverted'],
  ] as const
  return [
    '',
    `  Your database   ${url}`,
    '',
    'Only this machine reaches it, as you. Nothing in your database is changed until you ask for it. Next, in another terminal (with the same DATABASE_URL):',
    '',
    ...next.map(([command, says]) => `  npm run ${command.replace(' ', ' -- ').padEnd(36)} ${says}`),
    '',
    'What Steward keeps for itself (people, inquiries, calls) lies in .steward, or in STEWARD_DATABASE_URL.',
    'Ctrl-C stops it.',
  ].join('\n')
}
