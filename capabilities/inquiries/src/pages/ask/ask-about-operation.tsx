// At the head of an operation: ask a developer about it.
import type { Places } from '@steward/ui'
import { AskButton } from './ask-button.tsx'

/** For the place `operation.actions`. */
export default function AskAboutOperation({ operation }: Places['operation.actions']) {
  return <AskButton subject={{ kind: 'operation', operation: operation.id }} procedure={operation.procedure} />
}
