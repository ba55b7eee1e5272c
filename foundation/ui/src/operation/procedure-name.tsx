// What was done, by its name.
import { useLanguage } from '../language/language-provider.tsx'
import { useMeta } from '../server/use-meta.ts'
import classes from './operation.module.css'
import { callProcedure } from './read-procedure.ts'

/**
 * The name of a procedure as it is written: `orders.deleteMany`. Steward's own are said in words ("edited orders"), with their name on
 * hover; for that it wants the operation's `params` and `source`, where there are any.
 *
 * @example
 * <ProcedureName procedure={operation.procedure} params={operation.params} source={operation.source} />
 */
export function ProcedureName(given: { procedure: string | null; params?: unknown; source?: string | undefined }) {
  const { procedure, params, source = '' } = given
  const { language } = useLanguage()
  const { data: meta } = useMeta()
  const { text, isName } = callProcedure({ procedure, params, source }, meta, language)
  if (isName) return <code className={classes.procedure}>{text}</code>
  return (
    <span className={classes.deed} data-hint={procedure ?? undefined}>
      {text}
    </span>
  )
}
