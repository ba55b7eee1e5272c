// Which row the keyboard is on, which are chosen, and what keys and clicks do.
import { type KeyboardEvent, type MouseEvent, type RefObject, useRef, useState } from 'react'
import { pressedKey } from '../shortcut/read-keys.ts'
import { useShortcut } from '../shortcut/use-shortcut.ts'
import { chooseAll, chooseRows } from './choose-rows.ts'
import type { DataTableProps } from './table-facts.ts'

/** What rows ask, and tell. */
export type RowState = {
  active: number
  isChosen: (at: number) => boolean
  areAllChosen: boolean
  areSomeChosen: boolean
  choose: (at: number, isRange: boolean) => void
  chooseAll: () => void
  onKeyDown: (at: number, event: KeyboardEvent) => void
  onClick: (at: number, event: MouseEvent) => void
  onFocus: (at: number) => void
}

const phrases = {
  next: { en: 'Next row', ko: '다음 행' },
  previous: { en: 'Previous row', ko: '이전 행' },
  choose: { en: 'Select the row', ko: '행 선택' },
}

/** The rows of a table, by keyboard and pointer. */
export function useRows<Row>(given: DataTableProps<Row>, box: RefObject<HTMLDivElement | null>): RowState {
  const { rows, rowKey, selection, onOpen } = given
  const [active, setActive] = useState(0)
  const anchor = useRef<string | null>(null)
  const keyAt = (at: number) => rowKey(rows[at] as Row)
  const count = rows.length

  const focusRow = (at: number) => {
    const target = Math.max(0, Math.min(count - 1, at))
    setActive(target)
    if (focus(box.current, target)) return
    // It is drawn as soon as the box has been scrolled to where it stands.
    const scroller = box.current?.querySelector<HTMLElement>('[data-long]')
    if (scroller != null) scroller.scrollTop = (scroller.scrollHeight * target) / count
    requestAnimationFrame(() => requestAnimationFrame(() => focus(box.current, target)))
  }
  const isInside = () => box.current?.contains(document.activeElement) === true
  const move = (by: number) => focusRow(isInside() ? active + by : active)
  const choose = (at: number, isRange: boolean) => {
    if (selection === undefined || at >= count) return
    const key = keyAt(at)
    selection.onChange(chooseRows(selection.selected, rows.map(rowKey), { key, from: isRange ? anchor.current : null }))
    anchor.current = key
  }

  useShortcut('j', phrases.next, count === 0 ? null : () => move(1))
  useShortcut('k', phrases.previous, count === 0 ? null : () => move(-1))
  useShortcut('x', phrases.choose, selection === undefined || count === 0 ? null : () => choose(active, false))

  const chosen = selection === undefined ? 0 : rows.filter((row) => selection.selected.has(rowKey(row))).length
  return {
    active: Math.min(active, Math.max(0, count - 1)),
    isChosen: (at) => selection?.selected.has(keyAt(at)) === true,
    areAllChosen: count > 0 && chosen === count,
    areSomeChosen: chosen > 0 && chosen < count,
    choose,
    chooseAll: () => selection?.onChange(chooseAll(selection.selected, rows.map(rowKey))),
    onFocus: setActive,
    onKeyDown: (at, event) => {
      if (event.target !== event.currentTarget) return
      const key = pressedKey(event.nativeEvent)
      const deed = {
        enter: () => onOpen?.(rows[at] as Row),
        ' ': () => choose(at, event.shiftKey),
        x: () => choose(at, event.shiftKey),
        arrowdown: () => focusRow(at + 1),
        arrowup: () => focusRow(at - 1),
        home: () => focusRow(0),
        end: () => focusRow(count - 1),
      }[key ?? '']
      if (deed === undefined) return
      event.preventDefault()
      deed()
    },
    onClick: (at, event) => {
      const element = event.target as Element
      if (element.closest('a, button, input, label, select, textarea, [role="button"]') !== null) return
      if (event.shiftKey && selection !== undefined) return choose(at, true)
      // Somebody marks a text to copy it.
      if (getSelection()?.toString() !== '') return
      onOpen?.(rows[at] as Row)
    },
  }
}

function focus(box: HTMLElement | null, at: number): boolean {
  const element = box?.querySelector<HTMLElement>(`[data-row="${at}"]`) ?? null
  element?.focus()
  element?.scrollIntoView({ block: 'nearest' })
  return element !== null
}
