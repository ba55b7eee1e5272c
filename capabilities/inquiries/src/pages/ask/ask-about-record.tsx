// At the head of a record: ask a developer about it.
import type { Places } from '@steward/ui'
import { keyText } from '../record-key.ts'
import { AskButton } from './ask-button.tsx'

/** For the place `record.actions`; nothing for what has no key. */
export default function AskAboutRecord({ entity, recordKey }: Places['record.actions']) {
  const key = keyText(entity, recordKey)
  return key === null ? null : <AskButton subject={{ kind: 'record', entity: entity.entity, key }} />
}
