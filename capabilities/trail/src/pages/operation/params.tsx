// What an operation was handed in.
import { Text } from '@mantine/core'
import { isExactNumber } from '@steward/base'
import { useWords, Value } from '@steward/ui'
import type { OperationDetails } from '../answers.ts'
import { Facts } from '../facts.tsx'
import { operationWords } from './operation-words.ts'

/** The parameters by name; why there are none to be seen, where they are withheld. */
export function Params({ operation: { params, paramsWithheld } }: { operation: OperationDetails }) {
  const words = useWords(operationWords)
  if (paramsWithheld === true) return <Text c="dimmed" size="sm" span children={words.paramsWithheld} />
  if (params === null || params === undefined) return <Text c="dimmed" size="sm" span children={words.noParams} />
  if (typeof params !== 'object' || Array.isArray(params) || isExactNumber(params)) return <Value value={params} />
  return <Facts facts={Object.entries(params).map(([label, value]) => ({ label, value: <Value value={value} /> }))} />
}
