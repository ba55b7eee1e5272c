// Who acted, with a sign of what kind of actor it is.
import { VisuallyHidden } from '@mantine/core'
import type { Operation } from '@steward/sdk'
import { IconBolt, IconPlugConnected, IconSettings, IconUser, IconUserHeart } from '@tabler/icons-react'
import { hint } from '../hint/hint.ts'
import { useWords } from '../language/language-provider.tsx'
import classes from './operation.module.css'
import { operationWords } from './operation-words.ts'

const icons = { user: IconUser, staff: IconUserHeart, service: IconPlugConnected, system: IconSettings }

/**
 * Who acted: a sign in the colour of their kind, their name (else their id), and their kind in words, which of a user with a name are
 * heard only; on hover their id.
 *
 * @example
 * <ActorName actor={operation.actor} />
 */
export function ActorName({ actor }: { actor: Operation['actor'] }) {
  const words = useWords(operationWords)
  const type = actor.type in icons ? (actor.type as keyof typeof icons) : null
  const Icon = type === null ? IconBolt : icons[type]
  const kind = type === null ? words.unknownType({ type: actor.type }) : words[type]
  // Most who act are users by name: the sign says it, and the word on every line would be noise.
  const isPlain = type === 'user' && Boolean(actor.name)
  return (
    <span className={classes.actor} data-type={actor.type} {...hint(words.actorHint({ type: kind, id: actor.id }))}>
      <span className={classes.dot} aria-hidden>
        <Icon size={11} stroke={2.2} />
      </span>
      <span className={classes.name}>{actor.name || actor.id}</span>
      {isPlain ? <VisuallyHidden>{kind}</VisuallyHidden> : <span className={classes.kind}>{kind}</span>}
    </span>
  )
}
