// Shows the hint of whatever the pointer or the focus is on.
import { Portal } from '@mantine/core'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import classes from './hint-layer.module.css'

type Shown = { element: HTMLElement; text: string }

const delayMs = 250
const gap = 6

/** The one place that shows hints; `StewardTheme` holds it. */
export function HintLayer() {
  const shown = useHinted()
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    if (shown !== null && box.current !== null) place(box.current, shown.element.getBoundingClientRect())
  }, [shown])
  if (shown === null) return null
  return (
    <Portal>
      <div ref={box} className={classes.hint} role="presentation">
        {shown.text}
      </div>
    </Portal>
  )
}

/** Above the element where there is room, else below it; never beyond the edge of the window. */
function place(box: HTMLElement, around: DOMRect): void {
  const { width, height } = box.getBoundingClientRect()
  const left = Math.max(gap, Math.min(around.left + around.width / 2 - width / 2, window.innerWidth - width - gap))
  const above = around.top - height - gap
  box.style.left = `${left}px`
  box.style.top = `${above >= gap ? above : around.bottom + gap}px`
  box.dataset['placed'] = 'true'
}

function useHinted(): Shown | null {
  const [shown, setShown] = useState<Shown | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hide = () => {
      clearTimeout(timer)
      setShown(null)
    }
    const show = (event: Event, afterMs: number) => {
      const element = (event.target as Element | null)?.closest?.<HTMLElement>('[data-hint]') ?? null
      hide()
      if (element === null) return
      timer = setTimeout(() => {
        const text = element.dataset['hint']
        if (element.isConnected && text !== undefined) setShown({ element, text })
      }, afterMs)
    }
    const onOver = (event: PointerEvent) => show(event, event.pointerType === 'mouse' ? delayMs : 0)
    const onFocus = (event: FocusEvent) => {
      if ((event.target as Element).matches(':focus-visible')) show(event, 0)
    }
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && hide()
    const stopping = new AbortController()
    const { signal } = stopping
    document.addEventListener('pointerover', onOver, { signal })
    document.addEventListener('focusin', onFocus, { signal })
    document.addEventListener('focusout', hide, { signal })
    document.addEventListener('keydown', onKey, { signal })
    document.addEventListener('scroll', hide, { signal, capture: true, passive: true })
    return () => {
      stopping.abort()
      clearTimeout(timer)
    }
  }, [])
  return shown
}
