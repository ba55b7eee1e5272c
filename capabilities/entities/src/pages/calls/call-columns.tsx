// The columns of the log of calls.
import { Text } from '@mantine/core'
import { ActorName, Moment, number, type TableColumn, useLanguage, useSteward, useWords } from '@steward/ui'
import { CallOperation } from './call-operation.tsx'
import { callWords } from './call-words.ts'
import classes from './calls.module.css'
import { mayHaveWritten } from './find-operation.ts'
import type { LoggedCall } from './logged-call.ts'

/** Who / what / status / rows / ms / when, and the operation of what has written. */
export function useCallColumns(): TableColumn<LoggedCall>[] {
  const words = useWords(callWords)
  const { language } = useLanguage()
  const { may } = useSteward()
  return [
    { id: 'when', header: words.when, width: 130, render: ({ at }) => <Moment at={at} /> },
    {
      id: 'who',
      header: words.who,
      width: 170,
      render: ({ actor, key }) => (
        <span className={classes['who']}>
          {actor === null ? words.nobody : <ActorName actor={{ ...actor, name: actor.name ?? null }} />}
          {key !== null && (
            <Text span size="xs" c="dimmed" ff="monospace">
              {key}
            </Text>
          )}
        </span>
      ),
    },
    {
      id: 'what',
      header: words.what,
      render: ({ method, path, query }) => (
        <code className={classes['what']} title={query === '' ? path : `${path}?${query}`}>
          <strong>{method}</strong> {readable(path)}
          {query !== '' && <span className={classes['query']}>?{readable(query)}</span>}
        </code>
      ),
    },
    {
      id: 'status',
      header: words.status,
      width: 70,
      align: 'right',
      render: ({ status }) => (
        <span className={classes['status']} data-refused={status >= 400 || undefined}>
          {status}
        </span>
      ),
    },
    {
      id: 'rows',
      header: words.rows,
      width: 80,
      align: 'right',
      render: ({ rows }) => (rows === null ? '' : number(rows, language)),
    },
    {
      id: 'ms',
      header: words.ms,
      width: 80,
      align: 'right',
      render: ({ durationMs }) => number(Math.round(durationMs * 10) / 10, language),
    },
    {
      id: 'request',
      header: words.request,
      width: 150,
      render: (call) =>
        mayHaveWritten(call) && may('trail:operations') ? (
          <CallOperation call={call} />
        ) : (
          <span className={classes['request']} title={call.requestId}>
            {call.requestId}
          </span>
        ),
    },
  ]
}

/** Percent-encoded as it was sent; what cannot be decoded stays as it is. */
function readable(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
