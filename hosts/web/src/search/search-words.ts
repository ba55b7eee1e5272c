// The words of the search.
import { counted, defineWords } from '@steward/ui'

export const searchWords = defineWords(
  {
    search: 'Search',
    label: 'Search customers, orders, operations',
    placeholder: 'E-mail, id, order number, phone, name…',
    short: 'Search…',
    results: 'Search results',
    found: ({ count }: { count: number }) => (count === 0 ? 'Nothing found' : `${counted(count, 'result')}`),
    searching: 'Searching…',
    nothing: ({ text }: { text: string }) => `Nothing found for “${text}”`,
    nothingHint: 'Try the whole e-mail address, the exact id, or fewer words. Deleted records are found in the trail.',
    failed: ({ sources }: { sources: string }) => `Not searched: ${sources}. What you see may be incomplete.`,
    pages: 'Pages',
    opened: 'Opened lately',
    close: 'Close the search',
    hintMove: 'choose',
    hintOpen: 'open',
  },
  {
    search: '검색',
    label: '고객, 주문, 작업 검색',
    placeholder: '이메일, ID, 주문 번호, 전화번호, 이름…',
    short: '검색…',
    results: '검색 결과',
    found: ({ count }) => (count === 0 ? '찾은 것이 없어요' : `${count}건을 찾았어요`),
    searching: '찾는 중…',
    nothing: ({ text }) => `“${text}”에 대한 결과가 없어요`,
    nothingHint:
      '이메일 주소 전체나 정확한 ID로 찾아보거나, 단어를 줄여 보세요. 삭제된 항목은 변경 이력에서 찾을 수 있어요.',
    failed: ({ sources }) => `${sources}에서는 찾지 못했어요. 결과가 전부가 아닐 수 있어요.`,
    pages: '페이지',
    opened: '최근에 연 항목',
    close: '검색 닫기',
    hintMove: '선택',
    hintOpen: '열기',
  },
)
