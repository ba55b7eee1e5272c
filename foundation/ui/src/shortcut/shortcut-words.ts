// The words around shortcuts.
import { defineWords } from '../language/define-words.ts'

export const shortcutWords = defineWords(
  { title: 'Keyboard shortcuts', then: 'then', close: 'Close' },
  { title: '키보드 단축키', then: '다음에', close: '닫기' },
)
