// From a call to the operation that it has left: looked for when somebody wants to go there.
import { UnstyledButton } from '@mantine/core'
import { ErrorNotice, notifyDone, operationPath, useSteward, useWords } from '@steward/ui'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { callWords } from './call-words.ts'
import classes from './calls.module.css'
import { findOperation } from './find-operation.ts'
import type { LoggedCall } from './logged-call.ts'

/** The id of a call's request, as a link to its operation. */
export function CallOperation({ call }: { call: LoggedCall }) {
  const words = useWords(callWords)
  const { client } = useSteward()
  const navigate = useNavigate()
  const search = useMutation({
    mutationFn: () => findOperation(client, call),
    onSuccess: (id) => {
      if (id === null) notifyDone({ message: words.noOperation })
      else void navigate({ to: operationPath(id) })
    },
  })
  return (
    <>
      <UnstyledButton
        className={classes['link']}
        onClick={() => search.mutate()}
        disabled={search.isPending}
        title={`${words.operation}: ${call.requestId}`}
      >
        {call.requestId}
      </UnstyledButton>
      {search.isError && <ErrorNotice error={search.error} />}
    </>
  )
}
