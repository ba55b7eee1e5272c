// The words of pages that are not there, or fail.
import { defineWords } from '@steward/ui'

export const routeWords = defineWords(
  {
    notFound: 'Page not found',
    notFoundWhy: 'There is nothing at this address. Search for what you need.',
    toSearch: 'To the search',
    broken: 'This page has failed',
    brokenWhy: 'Nothing was changed by it. Try again, or tell a developer what stands below.',
    newVersion: 'There is a new version',
    newVersionWhy: 'Steward was updated while this page was open. Load it again to go on.',
    reload: 'Load again',
  },
  {
    notFound: '페이지를 찾지 못했어요',
    notFoundWhy: '이 주소에는 아무것도 없어요. 필요한 것을 검색해 보세요.',
    toSearch: '검색하러 가기',
    broken: '이 페이지에 문제가 생겼어요',
    brokenWhy: '바뀐 데이터는 없어요. 다시 시도하거나 아래 내용을 개발자에게 알려 주세요.',
    newVersion: '새 버전이 나왔어요',
    newVersionWhy: '페이지가 열려 있는 동안 Steward가 업데이트됐어요. 다시 불러오면 계속할 수 있어요.',
    reload: '다시 불러오기',
  },
)
