// Holds values against the shapes that a contract promises.
import { schemasOf } from '@steward/contract'
import type { KeptProcedure } from './capability.ts'
import { engineErrors } from './errors.ts'

type Schema = NonNullable<ReturnType<typeof schemasOf>['input']>
type Issue = { message: string; path?: readonly unknown[] | undefined }

/**
 * The input as the verb receives it, defaults filled in. A procedure without an input takes anything and gets `{}`.
 *
 * @throws ENGINE_INPUT_INVALID naming each field.
 * @example
 * const input = await parseInput(kept, 'trail.history', { entity: 'orders', key: '1042' })
 */
export async function parseInput(kept: KeptProcedure, procedure: string, input: unknown): Promise<unknown> {
  const schema = schemasOf(kept.promised).input
  if (schema === undefined) return {}
  return parse(schema, input ?? {}, (problems) => engineErrors.INPUT_INVALID({ procedure, problems }))
}

/**
 * The output, held against its promise.
 *
 * @throws ENGINE_OUTPUT_BROKEN naming each field.
 * @example
 * const output = await parseOutput(kept, 'trail.history', await kept.verb(performing, input))
 */
export async function parseOutput(kept: KeptProcedure, procedure: string, output: unknown): Promise<unknown> {
  const schema = schemasOf(kept.promised).output
  if (schema === undefined) return output
  return parse(schema, output, (problems) => engineErrors.OUTPUT_BROKEN({ procedure, problems }))
}

async function parse(schema: Schema, value: unknown, refuse: (problems: string[]) => Error): Promise<unknown> {
  const result = await schema['~standard'].validate(value)
  if (result.issues !== undefined) throw refuse(result.issues.map(describeIssue))
  return result.value
}

function describeIssue({ path, message }: Issue): string {
  const field = (path ?? []).map((step) =>
    typeof step === 'object' && step !== null && 'key' in step ? step.key : step,
  )
  return field.length === 0 ? message : `${field.join('.')}: ${message}`
}
