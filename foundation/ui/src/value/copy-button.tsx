// Copies a text, and says so.
import { ActionIcon, Button } from '@mantine/core'
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { hint } from '../hint/hint.ts'
import { useWords } from '../language/language-provider.tsx'
import { copyText } from './copy-text.ts'
import { valueWords } from './value-words.ts'

type State = 'idle' | 'copied' | 'refused'

const shownMs = 1600

/** What is copied, and how the button looks. */
export type CopyButtonProps = {
  text: string
  label?: string | undefined
  isSmall?: boolean | undefined
  className?: string | undefined
}

/**
 * Copies a text, and says so. With a label it is a button with words, else an icon.
 *
 * @example
 * <CopyButton text={operation.id} />
 */
export function CopyButton({ text, label, isSmall = false, className }: CopyButtonProps) {
  const words = useWords(valueWords)
  const [state, copy] = useCopy(text)
  const said = { idle: label ?? words.copy, copied: words.copied, refused: words.notCopied }[state]
  const Icon = { idle: IconCopy, copied: IconCheck, refused: IconX }[state]
  const live = <span aria-live="polite">{state === 'idle' ? null : said}</span>
  if (label === undefined) {
    return (
      <ActionIcon
        className={className}
        variant="subtle"
        color={state === 'refused' ? 'red' : 'gray'}
        size={20}
        onClick={copy}
        aria-label={said}
        {...hint(said)}
      >
        <Icon size={13} />
      </ActionIcon>
    )
  }
  return (
    <Button
      className={className}
      variant="default"
      size={isSmall ? 'xs' : 'sm'}
      leftSection={<Icon size={14} />}
      onClick={copy}
    >
      {state === 'idle' ? label : live}
    </Button>
  )
}

function useCopy(text: string): [State, () => void] {
  const [state, setState] = useState<State>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), shownMs)
    return () => clearTimeout(timer)
  }, [state])
  return [state, () => void copyText(text).then((isCopied) => setState(isCopied ? 'copied' : 'refused'))]
}
