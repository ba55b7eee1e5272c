// What the report of inquiries says.
import { counted, defineWords, number } from '@steward/ui'

export const reportWords = defineWords(
  {
    title: 'Report of inquiries',
    detail: ({ timeZone }: { timeZone: string }) =>
      `Weeks from Monday 0:00 (${timeZone}). Minutes run from the question to its answer, nights and weekends included.`,
    weeks: 'How many weeks',
    weeksOf: ({ count }: { count: number }) => counted(count, 'week'),
    week: 'Week of',
    asked: 'Asked',
    answered: 'Answered',
    median: 'Median',
    slowest: 'p90',
    slowestHint: 'Nine of ten answers took at most so long',
    byWeek: 'By week',
    byAsker: 'Who asked',
    byOwner: 'Who answered',
    person: 'Person',
    none: 'No answer',
    nobody: 'Nobody in these weeks.',
    nothing: 'Nobody has asked anything in these weeks',
    nothingHint: 'Questions are counted by themselves, as soon as somebody asks a developer.',
    seeInquiries: 'See the inquiries',
  },
  {
    title: '문의 리포트',
    detail: ({ timeZone }) =>
      `월요일 0시부터 한 주예요(${timeZone}). 시간은 질문부터 답변까지이고, 밤과 주말도 들어가요.`,
    weeks: '기간',
    weeksOf: ({ count }) => `${number(count, 'ko')}주`,
    week: '주',
    asked: '질문',
    answered: '답변',
    median: '중앙값',
    slowest: 'p90',
    slowestHint: '답변 열 건 중 아홉 건은 이 시간 안에 나왔어요',
    byWeek: '주별',
    byAsker: '물어본 사람',
    byOwner: '답변한 사람',
    person: '사람',
    none: '답변 없음',
    nobody: '이 기간에는 아무도 없어요.',
    nothing: '이 기간에는 물어본 것이 없어요',
    nothingHint: '누군가 개발자에게 물어보면 저절로 집계돼요.',
    seeInquiries: '문의 보기',
  },
)
