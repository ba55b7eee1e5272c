// Hears what the database says on a channel, over a connection of its own that comes back when it was lost.
import { openPool, type Pool, type Queryable, quoteIdentifier } from '@steward/postgres'

/** Who is told what. */
export type Listener = {
  /** It is listened from now on, for the first time or again. */
  onListening: () => void
  onMessage: (payload: string) => void
  /** The connection could not be had or was lost; another one is tried for. */
  onError: (error: unknown) => void
}

/** A connection that listens. */
export type Listening = {
  /** The connection, for a question now and then; null while there is none. */
  connection(): Queryable | null
  stop(): Promise<void>
}

const firstPauseMs = 500
const longestPauseMs = 32_000

/**
 * Listens on a channel of the database that the pool connects to, until it is stopped. After a loss it connects again, after pauses that grow to half a minute. It takes no connection of the pool and keeps no process alive.
 */
export function listen(pool: Pool, channel: string, listener: Listener): Listening {
  // pg hides the password of a pool from copies.
  const own = openPool({
    ...pool.options,
    password: pool.options.password,
    application_name: 'steward-listen',
    min: 0,
    max: 1,
    allowExitOnIdle: true,
  })
  let isClosed = false
  let pauseMs = firstPauseMs
  let timer: NodeJS.Timeout | undefined
  let attempt: Promise<void> | undefined
  let hangUp: (() => void) | undefined
  let connection: Queryable | null = null

  async function connect(): Promise<void> {
    try {
      const client = await own.connect()
      let isReleased = false
      const release = (error?: unknown) => {
        if (isReleased) return
        isReleased = true
        hangUp = undefined
        connection = null
        client.release(true)
        if (!isClosed) again(error)
      }
      hangUp = () => release()
      client.on('notification', ({ channel: from, payload }) => {
        if (from === channel) listener.onMessage(payload ?? '')
      })
      client.once('error', release)
      client.once('end', () => release(new Error(`The connection that listens on ${channel} was closed`)))
      try {
        await client.query(`LISTEN ${quoteIdentifier(channel)}`)
      } catch (error) {
        return release(error)
      }
      if (isClosed)
        return release()
        // The socket of a connection in use would keep the process alive; pg's types do not know this.
      ;(client as unknown as { unref: () => void }).unref()
      pauseMs = firstPauseMs
      connection = client
      listener.onListening()
    } catch (error) {
      if (!isClosed) again(error)
    }
  }

  function again(error: unknown): void {
    listener.onError(error)
    timer = setTimeout(start, pauseMs).unref()
    pauseMs = Math.min(pauseMs * 2, longestPauseMs)
  }

  function start(): void {
    attempt = connect()
  }

  start()
  return {
    connection: () => connection,
    stop: async () => {
      isClosed = true
      clearTimeout(timer)
      hangUp?.()
      await attempt
      if (!own.ending) await own.end()
    },
  }
}
