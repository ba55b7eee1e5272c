// The words of the home page.
import { defineWords } from '@steward/ui'

export const homeWords = defineWords(
  {
    home: 'Home',
    question: 'Who or what are you looking for?',
    attention: 'Needs attention',
    recent: 'Recent operations',
    opened: 'Opened lately',
  },
  {
    home: '홈',
    question: '누구를, 무엇을 찾고 있나요?',
    attention: '확인이 필요해요',
    recent: '최근 작업',
    opened: '최근에 연 항목',
  },
)
