// Drafts the answer for the customer from an operation: of whose data it tells, whose doing it was, and whether it was put back.
import { Select } from '@mantine/core'
import type { Actor } from '@steward/base'
import type { Meta, Operation } from '@steward/sdk'
import {
  Loaded,
  LoadingRows,
  OperationLine,
  PageLink,
  revertPath,
  useMeta,
  usePhrase,
  useSteward,
  useWords,
} from '@steward/ui'
import { useEffect, useMemo, useState } from 'react'
import {
  type AnswerCause,
  type AnswerMaterial,
  causeOf,
  type DraftedAnswer,
  draftAnswer,
} from '../../contract/draft-answer.ts'
import classes from './answer.module.css'
import { answerWords } from './answer-words.ts'
import { changesOf, countRecords, type Owner, ownerId, readOwnerId } from './changes-of.ts'
import { customerWords } from './customer-words.ts'
import { DraftEditor, type EditedAnswer } from './draft-editor.tsx'
import { everything, pickWhose } from './pick-whose.ts'
import { putBackOf } from './put-back-of.ts'
import { type DraftMaterial, useDraftMaterial } from './use-draft-material.ts'

/** What was chosen, as texts that an address can keep. */
type DraftChoice = { whose?: string; cause?: string; draft?: string }

type Given = {
  operation: string
  /** Whose question it was: the record that an inquiry is about. */
  subject: Owner | null
  choice: DraftChoice
  onChoice: (change: Partial<Record<keyof DraftChoice, string | null>>) => void
  /** Hears the text as it stands; null while there is none. */
  onText?: ((answer: DraftedAnswer | null) => void) | undefined
}

/** The draft of an answer with all that can be chosen in it. */
export function AnswerDraft(given: Given) {
  const material = useDraftMaterial(given.operation, given.subject)
  const { data: meta } = useMeta()
  return (
    <Loaded query={material} loading={<LoadingRows rows={5} />}>
      {(data) => (meta === undefined ? null : <Draft key={given.operation} {...given} material={data} meta={meta} />)}
    </Loaded>
  )
}

const causes: readonly AnswerCause[] = ['customer', 'team', 'system', 'fault', 'unknown']

function Draft({ material, meta, subject, choice, onChoice, onText }: Given & { material: DraftMaterial; meta: Meta }) {
  const words = useWords(answerWords)
  const { operation, changes, owners, hidden } = material
  const touched = (owner: Owner) => owners.some((each) => ownerId(each) === ownerId(owner))
  // What a pasted address asks for may be of another operation.
  const isKnown = choice.whose === everything || owners.some((owner) => ownerId(owner) === choice.whose)
  const whose = isKnown
    ? (choice.whose ?? null)
    : pickWhose({ subject, owners, actorType: operation.actor.type }, touched)
  const told = useMemo(() => {
    const owner = readOwnerId(whose)
    return whose === everything ? changes : owner === null ? null : changesOf(owner, changes, meta)
  }, [whose, changes, meta])
  const answered = useMemo(() => forCustomers(operation), [operation])
  const cause = causes.find((each) => each === choice.cause) ?? causeOf(answered)
  const left = countRecords(changes) - countRecords(told ?? [])
  return (
    <div className={classes['draft']}>
      <OperationLine operation={operation} />
      <div className={classes['choices']}>
        <WhoseSelect material={material} value={whose} onChange={(chosen) => onChoice({ whose: chosen })} />
        <Select
          label={words.cause}
          value={cause}
          data={causes.map((value) => ({ value, label: words[value] }))}
          onChange={(chosen) => onChoice({ cause: chosen })}
          allowDeselect={false}
        />
      </div>
      {told === null ? (
        <p className={classes['warning']}>{words.severalTouched}</p>
      ) : (
        <DraftText
          {...{ material, meta, told: told.map(({ change }) => change), answered, cause, choice, onChoice, onText }}
        />
      )}
      {told !== null && left > 0 && <p className={classes['note']}>{words.notTold({ records: left })}</p>}
      {hidden > 0 && <p className={classes['note']}>{words.hidden({ count: hidden })}</p>}
    </div>
  )
}

function WhoseSelect(given: {
  material: DraftMaterial
  value: string | null
  onChange: (whose: string | null) => void
}) {
  const words = useWords(answerWords)
  const say = usePhrase()
  const { data: meta } = useMeta()
  const { owners, titles, changes } = given.material
  const labelOf = (owner: Owner & { records: number }) => {
    const label = meta?.entities.find(({ entity }) => entity === owner.entity)?.label
    const name = titles.get(ownerId(owner)) ?? `#${owner.key.join(' · ')}`
    return words.owner({ label: label === undefined ? owner.entity : say(label), name, records: owner.records })
  }
  const data = [
    ...owners.map((owner) => ({ value: ownerId(owner), label: labelOf(owner) })),
    { value: everything, label: words.everything({ records: countRecords(changes) }) },
  ]
  return (
    <Select
      label={words.whose}
      placeholder={words.chooseWhose}
      value={given.value}
      data={data}
      onChange={given.onChange}
      allowDeselect={false}
      searchable={data.length > 8}
    />
  )
}

type TextGiven = Pick<Given, 'choice' | 'onChoice' | 'onText'> & {
  material: DraftMaterial
  meta: Meta
  told: AnswerMaterial['changes']
  answered: AnswerMaterial['operation']
  cause: AnswerCause
}

function DraftText({ material, meta, told, answered, cause, choice, onChoice, onText }: TextGiven) {
  const words = useWords(answerWords)
  const { may } = useSteward()
  const [edited, setEdited] = useState<EditedAnswer>({})
  const [now] = useState(() => new Date().toISOString())
  const putBack = useMemo(() => putBackOf(told, material.reverts), [told, material.reverts])
  const draft = useMemo(
    () =>
      draftAnswer({
        operation: answered,
        changes: told,
        words: customerWords(meta),
        cause,
        putBack,
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        now,
      }),
    [answered, told, meta, cause, putBack, now],
  )
  const ko = edited.ko ?? draft.ko
  const en = edited.en ?? draft.en
  useEffect(() => {
    onText?.({ ko, en })
    return () => onText?.(null)
  }, [onText, ko, en])
  const standing = putBack === null ? words.isNotPutBack : putBack.isWhole ? words.isPutBack : words.isPutBackInPart
  return (
    <>
      <p className={classes['note']}>
        {standing}
        {putBack === null && may('trail:revert') && (
          <>
            {' · '}
            <PageLink to={revertPath(material.operation.id)}>{words.revert}</PageLink>
          </>
        )}
      </p>
      <DraftEditor
        draft={draft}
        edited={edited}
        onEdited={setEdited}
        shown={choice.draft}
        onShown={(language) => onChoice({ draft: language })}
      />
      <p className={classes['note']}>{words.draftHint}</p>
    </>
  )
}

/** What stands in brackets behind a name says to colleagues who it is: the customer knows. */
function forCustomers(operation: Operation): AnswerMaterial['operation'] {
  const { actor, source, at, reverts } = operation
  const name = actor.name?.replace(/\s*\([^()]*\)\s*$/, '') ?? null
  return { actor: { ...actor, name } as Actor, source, at, reverts: typeof reverts === 'string' ? reverts : null }
}
