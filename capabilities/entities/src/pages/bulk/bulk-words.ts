// The words of what is done to many records at once.
import { counted, defineWords, number } from '@steward/ui'

type Count = { count: number }

export const bulkWords = defineWords(
  {
    editTitle: ({ count, entity }: Count & { entity: string }) => `Edit ${counted(count, 'record')} of ${entity}`,
    deleteTitle: ({ count, entity }: Count & { entity: string }) => `Delete ${counted(count, 'record')} of ${entity}`,
    close: 'Close',
    choose: 'Columns to set',
    chooseHint: 'All chosen records get the same values. What is not chosen here stays as it is.',
    preview: 'Show what would change',
    again: 'Back to the values',
    noTrail: ({ count }: Count) =>
      `${counted(count, 'record')} would be written. The exact changes cannot be shown: this is not on the trail, and it could not be taken back.`,
    noDiff: ({ count }: Count) =>
      `${counted(count, 'record')} and all that hangs on them would be gone. What exactly cannot be shown: this is not on the trail, and it could not be taken back.`,
    nothing: 'Nothing would change: these records have these values already.',
    apply: ({ what }: { what: string }) => `Change ${what}`,
    remove: ({ what }: { what: string }) => `Delete ${what}`,
    edited: ({ what }: { what: string }) => `Changed ${what}`,
    removed: ({ what }: { what: string }) => `Deleted ${what}`,
    records: ({ count }: Count) => counted(count, 'record'),
    operation: 'See the operation',
    cancel: 'Cancel',
    tooMany: ({ count, most }: Count & { most: number }) =>
      `${counted(count, 'record')} are chosen; your role writes at most ${number(most, 'en')} at once.`,
    reasonMissing: 'Say why: it is kept with every change.',
    loading: 'Trying it out…',
  },
  {
    editTitle: ({ count, entity }) => `${entity} ${number(count, 'ko')}건 수정`,
    deleteTitle: ({ count, entity }) => `${entity} ${number(count, 'ko')}건 삭제`,
    close: '닫기',
    choose: '바꿀 열',
    chooseHint: '고른 항목이 모두 같은 값으로 바뀌어요. 여기서 고르지 않은 열은 그대로예요.',
    preview: '무엇이 바뀌는지 보기',
    again: '값 다시 정하기',
    noTrail: ({ count }) =>
      `${number(count, 'ko')}건을 저장하게 돼요. 변경 이력을 기록하지 않는 데이터라 정확한 변경 내용을 미리 보여 줄 수 없고, 되돌릴 수도 없어요.`,
    noDiff: ({ count }) =>
      `${number(count, 'ko')}건과 여기에 딸린 항목이 사라져요. 변경 이력을 기록하지 않는 데이터라 미리 보여 줄 수 없고, 되돌릴 수도 없어요.`,
    nothing: '바뀌는 것이 없어요. 이미 모두 이 값이에요.',
    apply: ({ what }) => `${what} 수정하기`,
    remove: ({ what }) => `${what} 삭제하기`,
    edited: ({ what }) => `${what} 수정했어요`,
    removed: ({ what }) => `${what} 삭제했어요`,
    records: ({ count }) => `${number(count, 'ko')}건`,
    operation: '작업 보기',
    cancel: '취소',
    tooMany: ({ count, most }) =>
      `${number(count, 'ko')}건을 골랐는데, 지금 역할은 한 번에 ${number(most, 'ko')}건까지만 바꿀 수 있어요.`,
    reasonMissing: '사유를 적어 주세요. 모든 변경에 함께 남아요.',
    loading: '미리 실행하는 중…',
  },
)
