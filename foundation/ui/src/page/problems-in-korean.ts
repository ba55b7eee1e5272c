// The errors that people meet most, in Korean: the server says all of them in English.

/** What happened, and what to do about it; `isWhole` where the server's English details would add nothing. */
export type KoreanProblem = { message: string; hint?: string; isWhole?: boolean }

const problems: Readonly<Record<string, KoreanProblem>> = {
  SDK_UNREACHABLE: { message: '서버가 응답하지 않아요.', hint: '네트워크를 확인하고 다시 시도해 주세요.' },
  SDK_NOT_STEWARD: { message: '서버가 알 수 없는 응답을 보냈어요.', hint: '잠시 뒤 다시 시도해 주세요.' },
  ACCESS_SIGN_IN_REFUSED: {
    message: '이메일과 비밀번호가 맞지 않아요.',
    hint: '둘 다 확인해 주세요. 비밀번호를 잊었다면 관리자에게 새 링크를 받아 주세요.',
  },
  ACCESS_SESSION_ENDED: { message: '로그인이 끝났어요.', hint: '다시 로그인해 주세요.' },
  ACCESS_NOT_SIGNED_IN: { message: '로그인하지 않았어요.', hint: '먼저 로그인해 주세요.' },
  ACCESS_TOO_MANY_ATTEMPTS: { message: '로그인을 너무 많이 시도했어요.', hint: '잠시 기다렸다가 다시 시도해 주세요.' },
  ACCESS_PASSWORD_WRONG: { message: '지금 비밀번호가 맞지 않아요.', hint: '로그인할 때 쓰는 비밀번호를 적어 주세요.' },
  ACCESS_LINK_USED: {
    message: '이 링크는 쓸 수 없어요. 이미 썼거나, 오래됐거나, 새 링크로 바뀌었어요.',
    hint: '관리자에게 새 링크를 받아 주세요.',
  },
  ACCESS_PERSON_EXISTS: { message: '이미 초대한 사람이에요.', hint: '새 로그인 링크를 만들어 보내 주세요.' },
  ACCESS_LAST_ADMIN: { message: '마지막 관리자예요.', hint: '먼저 다른 사람을 관리자로 지정해 주세요.' },
  ACCESS_ROLE_TOO_HIGH: { message: '이 역할은 내가 정할 수 없어요.', hint: '관리자에게 부탁해 주세요.' },
  ACCESS_BUSY: { message: '지금 로그인하는 사람이 너무 많아요.', hint: '몇 초 뒤 다시 시도해 주세요.' },
  ENGINE_NOT_PERMITTED: { message: '내 역할로는 할 수 없는 일이에요.', hint: '관리자에게 권한을 부탁해 주세요.' },
  ENGINE_REASON_REQUIRED: { message: '사유가 필요해요.', hint: '왜 하는지 적어 주세요.' },
  ENTITIES_SIGN_IN_REQUIRED: { message: '누구인지 알 수 없어요.', hint: '다시 로그인해 주세요.' },
  ENTITIES_ROLE_REQUIRED: { message: '역할이 없어서 아무것도 할 수 없어요.', hint: '관리자에게 역할을 부탁해 주세요.' },
  ENTITIES_NOT_VISIBLE: {
    message: '내 역할로는 볼 수 없는 데이터예요.',
    hint: '필요하면 관리자에게 권한을 부탁해 주세요.',
  },
  ENTITIES_WRITE_NOT_ALLOWED: {
    message: '내 역할로는 바꿀 수 없는 데이터예요.',
    hint: '바꿀 수 있는 사람에게 부탁해 주세요.',
  },
  ENTITIES_OUTSIDE_ROWS: {
    message: '내가 바꿀 수 없는 항목이 들어 있어요.',
    hint: '바꿀 수 있는 사람에게 부탁해 주세요.',
  },
  ENTITIES_MASKED_COLUMN: {
    message: '가려진 필드는 이렇게 쓸 수 없어요.',
    hint: '가려진 필드를 빼고 다시 시도해 주세요.',
  },
  ENTITIES_REASON_REQUIRED: { message: '사유가 필요해요.', hint: '왜 바꾸는지 적어 주세요.' },
  ENTITIES_CHANGED_SINCE: {
    message: '그 사이 다른 사람이 이 항목을 바꿨어요.',
    hint: '다시 불러와서 두 변경을 비교해 보세요.',
  },
  ENTITIES_TOO_MANY_AFFECTED: {
    message: '한 번에 바꿀 수 있는 항목 수를 넘었어요.',
    hint: '나누어서 다시 시도해 주세요.',
  },
  ENTITIES_ENTITY_UNKNOWN: { message: '그런 데이터가 없거나 볼 수 없어요.' },
  ENTITIES_NOT_TRACKED: { message: '변경 이력을 기록하지 않는 데이터라서 바뀔 내용을 보여 줄 수 없어요.' },
  ENTITIES_TRAIL_MISSING: { message: '이 데이터베이스에는 변경 이력이 설치되지 않았어요.' },
  ENTITIES_SEARCH_TOO_SHORT: { message: '검색어가 너무 짧아요.', hint: '두 글자 이상 적어 주세요.' },
  ENTITIES_VIEW_NAME_TAKEN: { message: '같은 이름의 보기가 이미 있어요.', hint: '다른 이름을 적어 주세요.' },
  ENTITIES_CONFIRMATION_REQUIRED: {
    message: '확인이 필요한 일이에요.',
    hint: '먼저 미리 실행해서 바뀔 내용을 확인해 주세요.',
  },
  ENTITIES_UNEXPECTED: { message: '예상하지 못한 문제가 생겼어요.', hint: '요청 번호를 개발자에게 알려 주세요.' },
  TRAIL_NOT_INSTALLED: {
    message: '이 데이터베이스에는 변경 이력이 설치되지 않았어요.',
    hint: '개발자에게 설치를 부탁해 주세요.',
  },
  TRAIL_OUTDATED: {
    message: '이 데이터베이스의 변경 이력이 지금 Steward보다 오래됐어요.',
    hint: '개발자에게 steward trail install 실행을 부탁해 주세요.',
  },
  TRAIL_NOT_TRACKED: { message: '변경 이력을 기록하지 않는 데이터예요.' },
  TRAIL_UNKNOWN_OPERATION: { message: '그런 작업이 없거나 볼 수 없어요.' },
  TRAIL_MASKED: {
    message: '가려진 필드는 찾거나 되돌릴 수 없어요.',
    hint: '그 필드를 볼 수 있는 사람에게 부탁해 주세요.',
  },
  TRAIL_REVERT_NOT_ALLOWED: {
    message: '내 역할로는 되돌릴 수 없는 변경이에요.',
    hint: '되돌릴 수 있는 사람에게 부탁해 주세요.',
  },
  TRAIL_REVERT_NOT_SEEN: {
    message: '내가 볼 수 없는 항목이 들어 있어서 되돌릴 수 없어요.',
    hint: '모두 볼 수 있는 사람에게 부탁해 주세요.',
  },
  TRAIL_REVERT_TOO_MANY: { message: '한 번에 되돌릴 수 있는 항목 수를 넘었어요.' },
  TRAIL_REVERT_REFUSED: { message: '데이터베이스가 되돌리기를 거절했어요. 아무것도 바뀌지 않았어요.' },
  TRAIL_REVERT_CONFLICTS: {
    message: '그 뒤에 바뀐 항목과 충돌해요.',
    hint: '충돌마다 그대로 둘지 덮어쓸지 정해 주세요.',
  },
  TRAIL_REVERT_CHANGED: {
    message: '확인하는 사이 항목이 바뀌었어요. 아무것도 바뀌지 않았어요.',
    hint: '바뀔 내용을 다시 확인해 주세요.',
  },
  TRAIL_REASON_MISSING: { message: '사유가 필요해요.', hint: '왜 되돌리는지 적어 주세요.' },
  TRAIL_BEFORE_TRACKING: {
    message: '그때는 아직 변경 이력을 기록하지 않았어요.',
    hint: '기록을 시작한 뒤의 시점을 골라 주세요.',
    isWhole: true,
  },
  INQUIRIES_NOT_FOUND: { message: '그런 문의가 없거나 볼 수 없어요.' },
  INQUIRIES_TAKEN: { message: '다른 사람이 먼저 맡은 문의예요.' },
  INQUIRIES_WRONG_STATE: { message: '지금 상태에서는 할 수 없는 일이에요.', hint: '문의를 새로 불러와 주세요.' },
  INQUIRIES_THREAD_FULL: { message: '이 문의에는 더 쓸 수 없어요.', hint: '새 문의를 만들어 주세요.' },
  SERVER_BODY_TOO_LARGE: { message: '보낸 내용이 너무 커요.', hint: '나누어서 다시 시도해 주세요.' },
  SERVER_REQUEST_TIMEOUT: { message: '보내는 데 너무 오래 걸렸어요.', hint: '다시 시도해 주세요.' },
  SERVER_STOPPING: { message: '서버가 다시 시작하고 있어요.', hint: '잠시 뒤 다시 시도해 주세요.' },
  SERVER_NOT_READY: { message: '서버가 아직 준비되지 않았어요.', hint: '잠시 뒤 다시 시도해 주세요.' },
  SERVER_ORIGIN_REFUSED: { message: '다른 주소에서 온 요청이라 받지 않았어요.' },
  SERVER_UNEXPECTED: { message: '예상하지 못한 문제가 생겼어요.', hint: '요청 번호를 개발자에게 알려 주세요.' },
  POSTGRES_UNIQUE_VIOLATION: { message: '같은 값이 이미 있어요.', hint: '겹치지 않는 값으로 바꿔 주세요.' },
  POSTGRES_FOREIGN_KEY_VIOLATION: { message: '연결된 항목이 없거나, 다른 항목이 이 항목을 쓰고 있어요.' },
  POSTGRES_NOT_NULL_VIOLATION: { message: '꼭 필요한 값이 비어 있어요.' },
  POSTGRES_CHECK_VIOLATION: { message: '데이터베이스의 규칙에 맞지 않는 값이에요.' },
  POSTGRES_INVALID_TEXT: { message: '값의 형식이 맞지 않아요.' },
  POSTGRES_VALUE_TOO_LONG: { message: '값이 너무 길어요.' },
  POSTGRES_OUT_OF_RANGE: { message: '숫자가 너무 커요.' },
  POSTGRES_SERIALIZATION_FAILURE: { message: '동시에 바뀐 것이 있어요.', hint: '다시 시도해 주세요.' },
  POSTGRES_NOT_PERMITTED: { message: '데이터베이스 권한이 없어요.', hint: '개발자에게 알려 주세요.' },
  POSTGRES_CANCELED: { message: '시간이 너무 오래 걸려서 멈췄어요.', hint: '범위를 좁혀서 다시 시도해 주세요.' },
}

/** The Admin API says what the database refused by SQLSTATE, Steward's own routes by name. */
const namesOfStates: Readonly<Record<string, string>> = {
  '23505': 'POSTGRES_UNIQUE_VIOLATION',
  '23503': 'POSTGRES_FOREIGN_KEY_VIOLATION',
  '23502': 'POSTGRES_NOT_NULL_VIOLATION',
  '23514': 'POSTGRES_CHECK_VIOLATION',
  '22P02': 'POSTGRES_INVALID_TEXT',
  '22001': 'POSTGRES_VALUE_TOO_LONG',
  '22003': 'POSTGRES_OUT_OF_RANGE',
  '40001': 'POSTGRES_SERIALIZATION_FAILURE',
  '42501': 'POSTGRES_NOT_PERMITTED',
  '57014': 'POSTGRES_CANCELED',
}

/**
 * An error in Korean, by its code; undefined where nobody has said it.
 *
 * @example
 * problemInKorean('23505')?.message // '같은 값이 이미 있어요.'
 */
export function problemInKorean(code: string): KoreanProblem | undefined {
  return problems[namesOfStates[code] ?? code]
}

/** The codes that are said in Korean. */
export const codesInKorean: readonly string[] = Object.keys(problems)
