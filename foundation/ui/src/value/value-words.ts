// The words around values.

import { defineWords } from '../language/define-words.ts'
import { counted, number } from '../language/language.ts'

export const valueWords = defineWords(
  {
    copy: 'Copy',
    copied: 'Copied',
    notCopied: 'The browser does not let this page copy. Select the text instead.',
    noValue: 'No value (NULL)',
    emptyText: 'Empty text',
    isMasked: 'Masked: your role may not see this value.',
    isPartlyMasked: 'Masked: your role may see a part of this value only.',
    isYes: 'Yes',
    isNo: 'No',
    showAll: ({ count }: { count: number }) => `Show all ${counted(count, 'character')}`,
    showLess: 'Show less',
    cutHere: ({ count }: { count: number }) =>
      `Cut here: ${counted(count, 'more character')}. Copying takes all of it.`,
    bytes: ({ count }: { count: number }) => counted(count, 'byte'),
    more: ({ count }: { count: number }) => `${number(count, 'en')} more`,
    inDatabase: ({ text }: { text: string }) => `as it was read: ${text}`,
  },
  {
    copy: '복사',
    copied: '복사했어요',
    notCopied: '브라우저가 복사를 막고 있어요. 글자를 직접 선택해 주세요.',
    noValue: '값이 없어요 (NULL)',
    emptyText: '빈 글자예요',
    isMasked: '가려짐: 내 역할로는 볼 수 없는 값이에요.',
    isPartlyMasked: '가려짐: 내 역할로는 일부만 볼 수 있어요.',
    isYes: '예',
    isNo: '아니요',
    showAll: ({ count }) => `${number(count, 'ko')}자 모두 보기`,
    showLess: '접기',
    cutHere: ({ count }) => `여기까지만 보여요. ${number(count, 'ko')}자가 더 있고, 복사하면 모두 복사돼요.`,
    bytes: ({ count }) => `${number(count, 'ko')}바이트`,
    more: ({ count }) => `${number(count, 'ko')}개 더`,
    inDatabase: ({ text }) => `읽어 온 그대로: ${text}`,
  },
)
