// The page on which a record is edited.
import type { MetaEntity, Values } from '@steward/sdk'
import {
  EmptyState,
  entityPath,
  keyParts,
  Loaded,
  LoadingPage,
  PageHeader,
  PageLink,
  recordPath,
  usePhrase,
  useTitle,
  useWords,
} from '@steward/ui'
import { useNavigate } from '@tanstack/react-router'
import { recordTitle } from '../record/record-title.ts'
import { UnnamedRecord } from '../record/unnamed-record.tsx'
import { useNamedRecord } from '../record/use-named-record.ts'
import { keyTextOf, useRecord } from '../record/use-record.ts'
import classes from './edit.module.css'
import { EditRecord } from './edit-record.tsx'
import { editWords } from './edit-words.ts'
import { GoneMeanwhile } from './gone-meanwhile.tsx'

/** `/entities/$entity/$key/edit` */
export default function EditPage() {
  const { meta, find } = useNamedRecord()
  return (
    <Loaded query={meta} loading={<LoadingPage />}>
      {(known) => {
        const named = find(known)
        if (named.kind !== 'record') return <UnnamedRecord named={named} />
        const { entity, recordKey } = named
        return <EditOf key={entity.entity + keyTextOf(entity, recordKey)} entity={entity} recordKey={recordKey} />
      }}
    </Loaded>
  )
}

function EditOf({ entity, recordKey }: { entity: MetaEntity; recordKey: Values }) {
  const words = useWords(editWords)
  const say = usePhrase()
  const navigate = useNavigate()
  const query = useRecord(entity, recordKey)
  const { title } = recordTitle(entity, recordKey, query.data?.record ?? null)
  const path = recordPath(entity.entity, keyParts(entity.key, recordKey) ?? [])
  const label = say(entity.label)
  useTitle(words.editing({ name: `${title} · ${label}` }))
  const back = () => void navigate({ to: path })
  return (
    <div className={classes['page']}>
      <PageHeader
        title={words.edit}
        path={[
          { label, to: entityPath(entity.entity) },
          { label: title, to: path },
        ]}
      />
      {entity.writes.includes('update') ? (
        <Loaded query={query} loading={<LoadingPage />}>
          {(found) =>
            found === null ? (
              <GoneMeanwhile entity={entity} recordKey={recordKey} path={path} />
            ) : (
              <EditRecord entity={entity} recordKey={recordKey} found={found} onDone={back} onCancel={back} />
            )
          }
        </Loaded>
      ) : (
        <EmptyState title={words.notWritable} action={<PageLink to={path}>{words.toRecord}</PageLink>} />
      )}
    </div>
  )
}
