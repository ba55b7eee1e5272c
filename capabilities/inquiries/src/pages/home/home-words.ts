// What the home page says of inquiries.
import { defineWords } from '@steward/ui'

export const homeWords = defineWords(
  {
    title: 'Inquiries for you',
    all: 'All inquiries',
    nothingToAnswer: 'Nothing waits for your answer.',
    nothingAnswered: 'No new answers. Ask on a record or an operation: “Ask a developer”.',
  },
  {
    title: '나를 기다리는 문의',
    all: '전체 문의',
    nothingToAnswer: '답변을 기다리는 문의가 없어요.',
    nothingAnswered: '새 답변이 없어요. 항목이나 작업에서 ‘개발자에게 물어보기’를 눌러 보세요.',
  },
)
