// The words of the environments.
import { defineWords } from '../language/define-words.ts'

export const themeWords = defineWords(
  { production: 'Production', staging: 'Staging', development: 'Development' },
  { production: '운영', staging: '스테이징', development: '개발' },
)
