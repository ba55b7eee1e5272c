// What is said of related records that were deleted, in both languages.
import { defineWords, number } from '@steward/ui'

export const deletedWords = defineWords(
  {
    deletedHere: 'Deleted from here',
    deletedHereHint: 'Records that belonged to this one',
    isBack: 'back since',
    revert: 'Revert…',
    andMore: ({ count }: { count: number }) => `and ${number(count, 'en')} more`,
  },
  {
    deletedHere: '여기서 지워진 항목',
    deletedHereHint: '이 항목에 딸려 있던 것들이에요',
    isBack: '다시 돌아옴',
    revert: '되돌리기…',
    andMore: ({ count }) => `외 ${number(count, 'ko')}건`,
  },
)
