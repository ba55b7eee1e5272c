// The operations that belong to an inquiry: what happened, and the revert that mended it.
import { Button, Text } from '@mantine/core'
import {
  ErrorNotice,
  LoadingRows,
  OperationLine,
  operationPath,
  PageLink,
  Section,
  summaryOf,
  useLanguage,
  useMeta,
  useSteward,
  useWords,
} from '@steward/ui'
import { useState } from 'react'
import { shortId } from '../subject-name.tsx'
import { type InquiryDetails, useDeed } from '../use-inquiries.ts'
import classes from './inquiry.module.css'
import { inquiryWords } from './inquiry-words.ts'
import { LinkDialog } from './link-dialog.tsx'
import type { KnownOperations } from './use-known-operations.ts'

type Given = { inquiry: InquiryDetails; known: KnownOperations }

/** One a line, in the grammar of all operations; reverts of them that are not linked yet are offered. */
export function LinkedOperations({ inquiry, known }: Given) {
  const words = useWords(inquiryWords)
  const { may } = useSteward()
  const [isLinking, setLinking] = useState(false)
  const mayLink = may('inquiries:link')
  const button = mayLink && (
    <Button variant="default" size="xs" onClick={() => setLinking(true)}>
      {words.link}
    </Button>
  )
  return (
    <Section title={words.operations} actions={button}>
      {known.linked.length === 0 && (
        <Text size="sm" c="dimmed">
          {words.noOperations} {mayLink && words.operationsHint}
        </Text>
      )}
      <ul className={classes['operations']} aria-label={words.operations}>
        {known.linked.map((linked) => (
          <li key={linked.id} className={classes['operation']}>
            <LinkedOperation inquiry={inquiry} linked={linked} />
          </li>
        ))}
      </ul>
      {isLinking && <LinkDialog inquiry={inquiry} latest={known.latest} onClose={() => setLinking(false)} />}
    </Section>
  )
}

type LinkedGiven = { inquiry: InquiryDetails; linked: KnownOperations['linked'][number] }

function LinkedOperation({ inquiry: { id, operations }, linked }: LinkedGiven) {
  const words = useWords(inquiryWords)
  const { may } = useSteward()
  const unlink = useDeed(
    (inquiries) => inquiries.unlink({ id, operation: linked.id }),
    () => ({ message: words.unlinked }),
  )
  const link = useDeed(
    (inquiries, operation: string) => inquiries.link({ id, operation }),
    () => ({ message: words.linked }),
  )
  const reverts = linked.query.data?.operation.revertedBy ?? []
  const offered = reverts.filter((revert) => !operations.some(({ operation }) => operation === revert.id))
  const refused = unlink.error ?? link.error
  return (
    <>
      <span className={classes['line']}>
        <OperationShown linked={linked} />
      </span>
      {may('inquiries:link') && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          loading={unlink.isPending}
          onClick={() => unlink.mutate(undefined)}
        >
          {words.unlink}
        </Button>
      )}
      {may('inquiries:link') &&
        offered.map(({ id: revert, actor }) => (
          <span key={revert} className={classes['offered']}>
            {words.revertOffered({ name: actor.name ?? actor.id })}
            <Button variant="default" size="compact-xs" loading={link.isPending} onClick={() => link.mutate(revert)}>
              {words.linkRevert}
            </Button>
          </span>
        ))}
      {refused !== null && <ErrorNotice error={refused} />}
    </>
  )
}

function OperationShown({ linked: { id, query } }: { linked: KnownOperations['linked'][number] }) {
  const words = useWords(inquiryWords)
  const { language } = useLanguage()
  const { may } = useSteward()
  const { data: meta } = useMeta()
  if (query.data !== undefined) {
    const { operation, changes } = query.data
    return <OperationLine operation={operation} summary={summaryOf(changes, meta, language)} />
  }
  if (may('trail:operation') && query.isPending) return <LoadingRows rows={1} />
  return (
    <>
      <PageLink to={operationPath(id)}>{shortId(id)}</PageLink>{' '}
      <Text size="xs" c="dimmed" span>
        {words.missing}
      </Text>
    </>
  )
}
