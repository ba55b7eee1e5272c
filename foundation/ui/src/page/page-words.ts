// The words of what every page is made of: loading, errors, where the page is.
import { defineWords } from '../language/define-words.ts'

export const pageWords = defineWords(
  {
    loading: 'Loading…',
    tryAgain: 'Try again',
    path: 'Path',
    serviceName: 'Steward',
    forbidden: 'Your role does not allow this',
    'signed-out': 'You are signed out',
    offline: 'The server does not answer',
    conflict: 'Somebody changed this meanwhile',
    missing: 'This does not exist, or not any more',
    busy: 'Too much at once',
    failed: 'That did not work',
    offlineHint: 'Check the network, then try again. Nothing is known to have been saved.',
    request: 'request',
    copyAll: 'Copy details',
    notRefreshed: 'This could not be refreshed: it may be older than it looks.',
  },
  {
    loading: '불러오는 중이에요…',
    tryAgain: '다시 시도',
    path: '현재 위치',
    serviceName: 'Steward',
    forbidden: '권한이 없어요',
    'signed-out': '로그아웃됐어요',
    offline: '서버가 응답하지 않아요',
    conflict: '그 사이 내용이 바뀌었어요',
    missing: '없거나 사라졌어요',
    busy: '요청이 너무 많아요',
    failed: '잘 되지 않았어요',
    offlineHint: '네트워크를 확인하고 다시 시도해 주세요. 저장됐는지는 아직 알 수 없어요.',
    request: '요청 번호',
    copyAll: '자세한 내용 복사',
    notRefreshed: '새로 불러오지 못했어요. 지금 보이는 내용은 예전 것일 수 있어요.',
  },
)
