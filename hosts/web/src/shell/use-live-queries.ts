// Keeps what is shown up to date: when something has happened, the questions that it may concern are asked anew.
import { apiUrl, useSteward } from '@steward/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** Many operations in a moment are one reason to look again. */
const pauseMs = 1000

/** Listens while the page can be seen; a stream that breaks is opened anew by the browser itself. */
export function useLiveQueries(): void {
  const { may } = useSteward()
  const queries = useQueryClient()
  const mayListen = may('trail:operations')
  useEffect(() => {
    if (!mayListen) return
    let events: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const refresh = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        for (const name of ['trail', 'inquiries']) void queries.invalidateQueries({ queryKey: [name] })
      }, pauseMs)
    }
    const listen = () => {
      if (document.visibilityState === 'hidden') {
        events?.close()
        events = null
        return
      }
      if (events !== null) return
      events = new EventSource(`${apiUrl()}/events`)
      for (const name of ['operation', 'message']) events.addEventListener(name, refresh)
    }
    listen()
    document.addEventListener('visibilitychange', listen)
    return () => {
      document.removeEventListener('visibilitychange', listen)
      clearTimeout(timer)
      events?.close()
    }
  }, [mayListen, queries])
}
