// Says in passing what was done, with the way to its operation.
import { Notification } from '@mantine/core'
import { type Notice, onNotice, PageLink } from '@steward/ui'
import { useEffect, useState } from 'react'
import styles from './shell.module.css'

/** Long enough to read it and to follow its link. */
const shownMs = 8000

type Shown = Notice & { id: number }
let count = 0

/** Where notices appear; spoken by screen readers, the newest last. */
export function Notices() {
  const [shown, setShown] = useState<readonly Shown[]>([])
  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>()
    const stop = onNotice((notice) => {
      const id = ++count
      setShown((others) => [...others.slice(-2), { ...notice, id }])
      timers.add(setTimeout(() => setShown((others) => others.filter((each) => each.id !== id)), shownMs))
    })
    return () => {
      stop()
      for (const timer of timers) clearTimeout(timer)
    }
  }, [])
  return (
    <div className={styles['notices']} role="status">
      {shown.map(({ id, message, path, linkLabel }) => (
        <Notification key={id} withBorder onClose={() => setShown((others) => others.filter((each) => each.id !== id))}>
          {message} {path !== undefined && linkLabel !== undefined && <PageLink to={path}>{linkLabel}</PageLink>}
        </Notification>
      ))}
    </div>
  )
}
