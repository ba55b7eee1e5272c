// The words of the search through operations, and of those that have just been.
import { counted, defineWords, number, particle } from '@steward/ui'

/** A filter as it is said: labels instead of names. */
export type FilterTold = {
  who: string | null
  procedure: string | null
  entity: string | null
  field: string | null
  source: string | null
  from: string | null
  to: string | null
  text: string | null
}

/** The words of the search through operations. */
export const searchWords = defineWords(
  {
    trail: 'Trail',
    operations: 'Operations',
    tables: 'Tracked tables',
    blast: 'Blast radius',
    text: 'Text',
    textHint: 'in procedure, reason, person',
    who: 'Who',
    whoHint: 'id, or type:id',
    procedure: 'Procedure',
    procedureHint: 'orders.refund, orders.*',
    entity: 'Entity',
    anyEntity: 'Any entity',
    field: 'Field',
    anyField: 'Any field',
    source: 'Through',
    anySource: 'Any door',
    from: 'From',
    to: 'To',
    search: 'Search',
    filter: 'Filter',
    clear: 'Clear',
    dayFormat: '2026-11-21',
    atLeast: ({ summary }: { summary: string }) => `at least ${summary}`,
    focusFilter: 'Filter operations',
    sentence: ({ who, procedure, entity, field, source, from, to, text }: FilterTold) =>
      [
        'Operations',
        who === null ? '' : `of ${who}`,
        procedure === null ? '' : `through ${procedure}`,
        field === null
          ? entity === null
            ? ''
            : `on ${entity}`
          : `that wrote ${field}${entity === null ? '' : ` of ${entity}`}`,
        source === null ? '' : `from ${source}`,
        from === null ? '' : `since ${from}`,
        to === null ? '' : `until ${to}`,
        text === null ? '' : `with “${text}”`,
      ]
        .filter((part) => part !== '')
        .join(' '),
    newestFirst: 'newest first',
    loadMore: 'Load older operations',
    complete: ({ count }: { count: number }) => `${counted(count, 'operation')}: that is all.`,
    soFar: ({ count }: { count: number }) => `The newest ${counted(count, 'operation')} so far.`,
    empty: 'No operation matches',
    emptyHint: 'Widen the period, or take a part of the filter away.',
    nothingYet: 'Nothing has happened yet',
    nothingYetHint: 'Every change of a tracked table stands here: who, through what, and why.',
    trackTables: 'See which tables are tracked',
    activity: 'Operations a day',
    activityOf: ({ name }: { name: string }) => `Operations a day: ${name}`,
    activityHint: ({ days }: { days: number }) =>
      `The last ${days} days, without imported history. Choose one to see it.`,
    dayCount: ({ day, operations }: { day: string; operations: number }) =>
      `${day}: ${counted(operations, 'operation')}`,
    recent: 'Recent operations',
    all: 'All operations',
    noRecent: 'Nobody has done anything yet.',
    mostly: 'People have done nothing lately; this is what programs did.',
    foundOperation: 'Operation',
  },
  {
    trail: '변경 이력',
    operations: '작업',
    tables: '기록하는 테이블',
    blast: '영향 범위',
    text: '검색어',
    textHint: '기능, 사유, 사람에서 찾아요',
    who: '누가',
    whoHint: '아이디 또는 type:아이디',
    procedure: '기능',
    procedureHint: 'orders.refund, orders.* 형식이에요',
    entity: '데이터 종류',
    anyEntity: '모든 데이터',
    field: '필드',
    anyField: '모든 필드',
    source: '경로',
    anySource: '모든 경로',
    from: '부터',
    to: '까지',
    filter: '필터',
    search: '찾기',
    clear: '지우기',
    atLeast: ({ summary }) => `${summary} 이상`,
    dayFormat: '2026-11-21',
    focusFilter: '작업 필터',
    sentence: ({ who, procedure, entity, field, source, from, to, text }) =>
      [
        from === null ? '' : `${from}부터`,
        to === null ? '' : `${to}까지`,
        who === null ? '' : `${particle(who, '이/가')}`,
        source === null ? '' : `${particle(source, '으로/로')}`,
        procedure === null ? '' : `${particle(procedure, '을/를')} 써서`,
        field === null
          ? entity === null
            ? ''
            : `${particle(entity, '을/를')} 바꾼`
          : `${entity === null ? '' : `${entity}의 `}${particle(field, '을/를')} 바꾼`,
        text === null ? '' : `“${text}” 관련`,
        entity === null && field === null && (who !== null || procedure !== null) ? '한 작업' : '작업',
      ]
        .filter((part) => part !== '')
        .join(' '),
    newestFirst: '최근 순',
    loadMore: '이전 작업 더 보기',
    complete: ({ count }) => `작업 ${number(count, 'ko')}건이 전부예요.`,
    soFar: ({ count }) => `최근 작업 ${number(count, 'ko')}건이에요.`,
    empty: '조건에 맞는 작업이 없어요',
    emptyHint: '기간을 넓히거나 조건을 하나 빼 보세요.',
    nothingYet: '아직 아무 일도 없었어요',
    nothingYetHint: '기록하는 테이블이 바뀌면 누가, 무엇으로, 왜 바꿨는지 여기에 남아요.',
    trackTables: '기록하는 테이블 보기',
    activity: '하루 작업 수',
    activityOf: ({ name }) => `하루 작업 수: ${name}`,
    activityHint: ({ days }) => `최근 ${days}일이고, 가져온 이력은 빠져요. 하루를 고르면 그날만 봐요.`,
    dayCount: ({ day, operations }) => `${day}: 작업 ${number(operations, 'ko')}건`,
    recent: '최근 작업',
    all: '모든 작업',
    noRecent: '아직 아무도 작업하지 않았어요.',
    mostly: '최근에는 사람이 한 작업이 없어요. 프로그램이 한 작업이에요.',
    foundOperation: '작업',
  },
)
