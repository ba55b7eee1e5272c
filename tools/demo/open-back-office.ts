// The back office over a database, with its pages: at the wished port, or at the next one that is free.
import type { Actor } from '@steward/base'
import { createSteward, type loadConfig, type ServeOptions, type Steward, serveSteward } from 'steward'
import { findFreePort } from './free-port.ts'

/** What is served, and to whom. */
export type BackOfficeOptions = Pick<ServeOptions, 'demandsSignIn' | 'logs' | 'logTo' | 'warn'> & {
  databaseUrl: string
  /** A PostgreSQL of its own under `.steward` where it is undefined. */
  officeUrl: string | undefined
  configured: Awaited<ReturnType<typeof loadConfig>>
  actor: Actor
  port: number
}

/** What is open; `port` may be another one than was wished for. */
export type BackOffice = { url: string; port: number; steward: Steward; close(): Promise<void> }

/** Opens it; `close` lets what runs finish. */
export async function openBackOffice(options: BackOfficeOptions): Promise<BackOffice> {
  const { databaseUrl, officeUrl, configured, port: wished, ...served } = options
  const { configuration, roles } = configured
  const steward = createSteward({ databaseUrl, officeUrl, roles: [...roles.keys()] })
  try {
    const serving = await serveSteward({
      ...served,
      databaseUrl,
      configuration,
      // Steward's own database, as whoever types a command here has it.
      office: () => officeOf(steward),
      pages: true,
      port: await findFreePort(wished),
    })
    return {
      url: serving.backOffice ?? serving.url,
      port: serving.port,
      steward,
      close: async () => {
        await serving.close()
        await steward.close()
      },
    }
  } catch (error) {
    await steward.close()
    throw error
  }
}

async function officeOf({ engine }: Steward) {
  if (engine.office === undefined) throw new Error('This Steward has no database of its own.')
  return engine.office()
}
