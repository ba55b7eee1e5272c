// The words of the page of all entities.
import { counted, defineWords, number } from '@steward/ui'

export const overviewWords = defineWords(
  {
    title: 'Data',
    detail: ({ count }: { count: number }) => `${counted(count, 'entity', 'entities')} that you may read`,
    filter: 'Filter by name',
    filterHint: 'Filter entities',
    name: 'Entity',
    rows: 'Records',
    tracked: 'Changes',
    isTracked: 'on the trail',
    isNotTracked: 'not tracked',
    noTrail: 'view',
    unknownRows: 'not counted',
    empty: 'There is nothing that you may read',
    emptyNext: 'Ask an admin which data your role should see.',
    none: 'No entity has this in its name',
    clear: 'Show all',
  },
  {
    title: '데이터',
    detail: ({ count }) => `볼 수 있는 데이터 종류 ${number(count, 'ko')}개`,
    filter: '이름으로 찾기',
    filterHint: '데이터 종류 찾기',
    name: '데이터 종류',
    rows: '항목 수',
    tracked: '변경 이력',
    isTracked: '기록 중',
    isNotTracked: '기록 안 함',
    noTrail: '뷰',
    unknownRows: '세지 않음',
    empty: '볼 수 있는 데이터가 없어요',
    emptyNext: '어떤 데이터를 봐야 하는지 관리자에게 알려 주세요.',
    none: '이런 이름의 데이터 종류가 없어요',
    clear: '모두 보기',
  },
)
