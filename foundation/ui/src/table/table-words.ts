// The words of tables.
import { defineWords } from '../language/define-words.ts'

export const tableWords = defineWords(
  { chooseAll: 'Select all rows', chooseRow: 'Select row', orderBy: 'Sort', open: 'Open' },
  { chooseAll: '모든 행 선택', chooseRow: '행 선택', orderBy: '정렬', open: '열기' },
)
