// What an inquiry is about: a link to the record or the operation.
import { operationPath, PageLink, RecordLink, useMeta, usePhrase, useWords } from '@steward/ui'
import { inquiriesWords } from './inquiries-words.ts'
import { readKeyText } from './record-key.ts'
import type { Subject } from './use-inquiries.ts'

/** The subject by the label of its entity and its key, an operation by its `procedure` where that is known; without a link where the person may not see it. */
export function SubjectName({ subject, procedure }: { subject: Subject; procedure?: string | null | undefined }) {
  const words = useWords(inquiriesWords)
  const say = usePhrase()
  const { data: meta } = useMeta()
  if (subject === null) return <span>{words.nothingInParticular}</span>
  if (subject.kind === 'operation') {
    return (
      <PageLink to={operationPath(subject.operation)}>
        {procedure ?? `${words.operation} ${shortId(subject.operation)}`}
      </PageLink>
    )
  }
  const entity = meta?.entities.find((each) => each.entity === subject.entity)
  const recordKey = entity === undefined ? null : readKeyText(entity, subject.key)
  const label = `${entity === undefined ? subject.entity : say(entity.label)} ${shown(subject.key)}`
  return <RecordLink entity={subject.entity} recordKey={recordKey} label={label} />
}

function shown(key: string): string {
  return key.includes('=') ? key.replaceAll(',', ', ') : `#${key}`
}

/** The last digits tell operations apart: they begin with the time. */
export function shortId(id: string): string {
  return `…${id.slice(-8)}`
}
