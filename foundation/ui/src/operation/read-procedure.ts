// How a procedure is called: the service's own by their names, Steward's own in words.
import type { Meta, Operation } from '@steward/sdk'
import type { Language } from '../language/language.ts'
import { operationWords } from './operation-words.ts'

/** What a procedure is called; `isName` where that is its name, as the code has it. */
export type ProcedureCalled = { text: string; isName: boolean }

type Performed = Pick<Operation, 'procedure'> & { readonly source?: string; readonly params?: unknown }

/**
 * What a procedure is called. Writes through the Admin API and the back office say what they wrote: "edited orders".
 *
 * @example
 * callProcedure({ procedure: 'orders.refund' }, undefined, 'en') // { text: 'orders.refund', isName: true }
 */
export function callProcedure(
  { procedure, source, params }: Performed,
  meta: Meta | undefined,
  language: Language,
): ProcedureCalled {
  const words = operationWords[language]
  if (procedure === null) return { text: source === 'sql' ? words.bareSql : words.unnamed, isName: false }
  // Some callers write the entity behind it: `entities.update orders`.
  const [name = '', written] = procedure.split(' ')
  if (!Object.hasOwn(words, name) || !name.includes('.')) return { text: procedure, isName: true }
  const phrase = words[name as 'entities.update' | 'trail.mark']
  return { text: typeof phrase === 'string' ? phrase : phrase({ about: aboutOf() }), isName: false }

  function aboutOf(): string | null {
    const entity = written ?? entityOf(params)
    if (entity === null) return null
    const label = meta?.entities.find((each) => each.entity === entity)?.label[language] ?? entity
    return language === 'en' && /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
  }
}

function entityOf(params: unknown): string | null {
  const { entity } = (params ?? {}) as { entity?: unknown }
  return typeof entity === 'string' ? entity : null
}
