// The one grammar of an operation: who, did what, to what, through which door, when, why.
import type { Operation } from '@steward/sdk'
import type { ReactNode } from 'react'
import { Moment } from '../moment/moment.tsx'
import { PageLink } from '../page/page-link.tsx'
import { operationPath } from '../pages/paths.ts'
import { ActorName } from './actor-name.tsx'
import classes from './operation.module.css'
import { ProcedureName } from './procedure-name.tsx'
import { SourceName } from './source-name.tsx'

/** What a line of an operation is made of. */
export type OperationLineProps = {
  operation: Operation
  /** What it was about: "14 orders, 31 items", "created". */
  summary?: ReactNode
  /** Its procedure leads to its page, unless false. */
  isLink?: boolean | undefined
  /** What it was besides: imported, failed, reverted. */
  badges?: ReactNode
}

/**
 * An operation on one or two lines, always in this order: who · did what · to what · through which door · when · “why”.
 *
 * @example
 * <OperationLine operation={operation} summary={summaryOf(changes, meta, language)} />
 */
export function OperationLine({ operation, summary, isLink = true, badges }: OperationLineProps) {
  const { actor, procedure, params, source, at, reason, id } = operation
  const name = <ProcedureName procedure={procedure} params={params} source={source} />
  return (
    <span className={classes.line}>
      <Part>
        <ActorName actor={actor} />
      </Part>
      <Part>{isLink ? <PageLink to={operationPath(id)}>{name}</PageLink> : name}</Part>
      {isSaid(summary) && (
        <Part>
          <span className={classes.summary}>{summary}</span>
        </Part>
      )}
      <Part>
        <SourceName source={source} />
      </Part>
      <Part>
        <span className={classes.when}>
          <Moment at={at} />
        </span>
      </Part>
      {isSaid(reason) && (
        <Part>
          <Reason text={reason} />
        </Part>
      )}
      {isSaid(badges) && <Part>{badges}</Part>}
    </span>
  )
}

function Part({ children }: { children: ReactNode }) {
  return <span className={classes.part}>{children}</span>
}

const reasonLength = 160

function Reason({ text }: { text: string }) {
  const short = text.length > reasonLength ? `${text.slice(0, reasonLength)}…` : text
  return (
    <q className={classes.reason} data-hint={short === text ? undefined : text}>
      {short}
    </q>
  )
}

function isSaid<Node extends ReactNode>(node: Node): node is Exclude<Node, null | undefined | false | ''> {
  return node !== undefined && node !== null && node !== false && node !== ''
}
