// What the draft of an answer for the customer says around itself.
import { counted, defineWords, number } from '@steward/ui'

type Records = { records: number }

export const answerWords = defineWords(
  {
    answerCustomer: 'Answer for the customer',
    answerCustomerButton: 'Answer for the customer…',
    draftHint:
      'Drafted from the timeline. It names none of our people, no table and no value; read it before you send it.',
    whose: 'Whose data it tells of',
    chooseWhose: 'Choose the customer',
    severalTouched:
      'This operation touched the data of several. Choose whom you answer: nobody may read what happened to others.',
    everything: ({ records }: Records) => `Everything (${counted(records, 'record')})`,
    owner: ({ label, name, records }: Records & { label: string; name: string }) =>
      `${label} ${name} (${counted(records, 'record')})`,
    notTold: ({ records }: Records) =>
      `${counted(records, 'record')} of this operation ${records === 1 ? 'is' : 'are'} not told of.`,
    hidden: ({ count }: { count: number }) =>
      `${counted(count, 'change')} of tables that you may not see are left out.`,
    cause: 'Whose doing it was',
    customer: 'The customer’s own people',
    team: 'Somebody of our team',
    system: 'A process of ours',
    fault: 'A mistake of ours',
    unknown: 'Not known yet',
    korean: '한국어',
    english: 'English',
    languages: 'Language of the answer',
    text: 'Text of the answer',
    copyAnswer: 'Copy the answer',
    startOver: 'Back to the draft',
    edited: 'You have edited this text.',
    isPutBack: 'Put back, all of it',
    isPutBackInPart: 'Put back in part',
    isNotPutBack: 'Not put back',
    revert: 'Revert…',
    close: 'Close',
  },
  {
    answerCustomer: '고객에게 보낼 답변',
    answerCustomerButton: '고객 답변 쓰기…',
    draftHint:
      '타임라인을 바탕으로 쓴 초안이에요. 우리 직원 이름이나 테이블, 값은 들어가지 않아요. 보내기 전에 읽어 보세요.',
    whose: '누구의 데이터인지',
    chooseWhose: '고객을 고르세요',
    severalTouched:
      '이 작업은 여러 고객의 데이터를 바꿨어요. 답변할 고객을 고르세요. 다른 고객의 일은 알려 주면 안 돼요.',
    everything: ({ records }) => `전체 (${number(records, 'ko')}건)`,
    owner: ({ label, name, records }) => `${label} ${name} (${number(records, 'ko')}건)`,
    notTold: ({ records }) => `이 작업의 다른 ${number(records, 'ko')}건은 답변에 넣지 않았어요.`,
    hidden: ({ count }) => `볼 권한이 없는 변경 ${number(count, 'ko')}건은 빠졌어요.`,
    cause: '누가 한 일인지',
    customer: '고객사 사용자',
    team: '우리 팀 직원',
    system: '우리 시스템의 자동 처리',
    fault: '우리 쪽 오류',
    unknown: '아직 몰라요',
    korean: '한국어',
    english: 'English',
    languages: '답변 언어',
    text: '답변 내용',
    copyAnswer: '답변 복사',
    startOver: '초안으로 되돌리기',
    edited: '직접 고친 답변이에요.',
    isPutBack: '모두 되돌렸어요',
    isPutBackInPart: '일부만 되돌렸어요',
    isNotPutBack: '아직 되돌리지 않았어요',
    revert: '되돌리기…',
    close: '닫기',
  },
)
