// The words of the page of an operation.
import { counted, defineWords, number, particle } from '@steward/ui'
import type { Period } from './period-around.ts'

const englishPeriods: Record<Period, string> = { hour: 'that hour', day: 'that day', week: 'that week' }
const koreanPeriods: Record<Period, string> = { hour: '그 시간', day: '그날', week: '그 주' }

type BlastTold = { operations: number; procedure: string; period: Period; summary: string }

/** The words of the page of an operation. */
export const operationWords = defineWords(
  {
    trail: 'Trail',
    operation: 'Operation',
    bareSql: 'SQL session',
    facts: 'Facts',
    who: 'Who',
    actorId: 'Actor',
    procedure: 'Procedure',
    params: 'Parameters',
    noParams: 'none',
    paramsWithheld: 'Withheld: they may hold values that your role does not see.',
    reason: 'Reason',
    noReason: 'nobody said',
    source: 'Through',
    request: 'Request',
    when: 'When',
    parts: ({ parts }: { parts: number }) => `in ${counted(parts, 'transaction')}`,
    outcome: 'Outcome',
    done: 'done',
    failed: 'failed',
    error: 'Error',
    run: 'Run',
    parent: 'Part of',
    parentOperation: 'the operation around it',
    reverts: 'Reverts',
    revertedOperation: 'an earlier operation',
    revertedBy: 'Reverted by',
    id: 'Id',
    session: 'Session',
    signed: 'Signature',
    signedYes: 'the context was signed by the service',
    signedNo: 'the context carries no valid signature',
    imported: 'Origin',
    importedYes: 'imported from elsewhere, not recorded by Steward',
    changes: 'Changes',
    changesOf: ({ summary }: { summary: string }) => `Changes: ${summary}`,
    noChanges: 'It changed no row.',
    hidden: ({ hidden }: { hidden: number }) =>
      `${counted(hidden, 'change')} of records that you may not see are left out.`,
    related: 'Related',
    blast: 'Same procedure in this period',
    period: 'Period',
    hour: 'Hour',
    day: 'Day',
    week: 'Week',
    blastSentence: ({ operations, procedure, period, summary }: BlastTold) =>
      `${operations === 1 ? 'The only performance' : `1 of ${counted(operations, 'performance')}`} of ${procedure} ${englishPeriods[period]}${
        summary === '' ? '; no row was changed' : `; all together ${summary}`
      }.`,
    blastNotCounted: ({ procedure, period }: { procedure: string; period: Period }) =>
      `No performance of ${procedure} ${englishPeriods[period]} is counted: imported history is left out.`,
    leftOut: ({ tables }: { tables: string }) => `Not counted, since you see a part of their records only: ${tables}.`,
    openBlast: 'See all of them',
    revert: 'Revert…',
    revertShortcut: 'Revert this operation',
  },
  {
    trail: '변경 이력',
    operation: '작업',
    bareSql: 'SQL 세션',
    facts: '개요',
    who: '누가',
    actorId: '행위자',
    procedure: '기능',
    params: '입력값',
    noParams: '없음',
    paramsWithheld: '볼 수 없는 값이 들어 있을 수 있어서 가려졌어요.',
    reason: '사유',
    noReason: '남긴 사유가 없어요',
    source: '경로',
    request: '요청',
    when: '언제',
    parts: ({ parts }) => `트랜잭션 ${number(parts, 'ko')}개`,
    outcome: '결과',
    done: '완료',
    failed: '실패',
    error: '오류',
    run: '실행',
    parent: '상위 작업',
    parentOperation: '이 작업을 부른 작업',
    reverts: '되돌린 대상',
    revertedOperation: '이전 작업',
    revertedBy: '되돌린 작업',
    id: '아이디',
    session: '세션',
    signed: '서명',
    signedYes: '서비스가 서명한 맥락이에요',
    signedNo: '올바른 서명이 없어요',
    imported: '출처',
    importedYes: '다른 곳에서 가져온 이력이에요',
    changes: '변경',
    changesOf: ({ summary }) => `변경: ${summary}`,
    noChanges: '바뀐 행이 없어요.',
    hidden: ({ hidden }) => `볼 수 없는 항목의 변경 ${number(hidden, 'ko')}건은 빠져 있어요.`,
    related: '관련된 것',
    blast: '같은 기간의 같은 기능',
    period: '기간',
    hour: '시간',
    day: '하루',
    week: '한 주',
    blastSentence: ({ operations, procedure, period, summary }) =>
      `${koreanPeriods[period]} ${particle(procedure, '은/는')} ${
        operations === 1
          ? '이 작업 한 번만 실행됐어요.'
          : `${number(operations, 'ko')}번 실행됐고, 이 작업은 그중 하나예요.`
      } ${summary === '' ? '바뀐 행은 없어요.' : `모두 ${particle(summary, '이/가')} 바뀌었어요.`}`,
    blastNotCounted: ({ procedure, period }) =>
      `${koreanPeriods[period]}의 ${procedure} 실행은 집계되지 않아요. 가져온 이력은 빠져요.`,
    leftOut: ({ tables }) => `일부 항목만 볼 수 있어서 집계에서 빠진 데이터: ${tables}`,
    openBlast: '모두 보기',
    revert: '되돌리기…',
    revertShortcut: '이 작업 되돌리기',
  },
)
