// What customers write about, and what members answer.

/** A matter: what it is called, what the customer writes, what the member answers, what the customer says to that. */
export type Matter = {
  language: 'ko' | 'en'
  subject: string
  asks: string
  answers: string
  thanks: string
  tag: string
}

/** What people talk about every day. */
export const matters: readonly Matter[] = [
  {
    language: 'ko',
    subject: '세금계산서를 다시 받고 싶어요',
    asks: '안녕하세요. 지난달 주문의 세금계산서를 다시 보내 주실 수 있나요? 담당자가 바뀌어서 못 받았어요.',
    answers: '네, 등록된 이메일로 방금 다시 보내 드렸어요. 담당자 이메일도 바꿔 둘까요?',
    thanks: '잘 받았습니다. 이메일은 그대로 두셔도 돼요.',
    tag: '계산서',
  },
  {
    language: 'ko',
    subject: '배송이 언제 도착하나요?',
    asks: '주문한 헤드셋이 아직 안 왔어요. 금요일 교육 전까지 필요한데 가능할까요?',
    answers: '확인해 보니 오늘 출고됐어요. 내일 오후에 도착할 예정이에요.',
    thanks: '다행이네요. 감사합니다!',
    tag: '배송',
  },
  {
    language: 'ko',
    subject: '결제 수단을 바꾸려고 합니다',
    asks: '법인카드가 재발급되어서 새 카드로 바꾸고 싶습니다. 어디에서 하면 되나요?',
    answers: '설정의 결제 메뉴에서 새 카드를 등록하시면 다음 결제부터 쓰여요. 안내 글도 함께 보내 드릴게요.',
    thanks: '바꿨습니다. 감사합니다.',
    tag: '결제',
  },
  {
    language: 'ko',
    subject: '상담사 계정을 추가하고 싶어요',
    asks: '다음 주에 두 명이 더 들어와요. 좌석을 늘리면 요금이 어떻게 되나요?',
    answers: '좌석은 추가한 날부터 일할 계산돼요. 구성원 메뉴에서 초대하시면 바로 쓸 수 있어요.',
    thanks: '이해했어요. 두 명 초대했습니다.',
    tag: '계정',
  },
  {
    language: 'ko',
    subject: '알림톡이 발송되지 않아요',
    asks: '오전 10시쯤부터 알림톡 발송이 실패로 나옵니다. 잔여 건수는 남아 있어요.',
    answers: '템플릿 검수가 만료되어 있었어요. 갱신 요청을 넣었고 30분 안에 풀릴 거예요.',
    thanks: '지금은 잘 나가네요. 빠른 처리 감사합니다.',
    tag: '알림톡',
  },
  {
    language: 'ko',
    subject: '주문 수량을 잘못 입력했어요',
    asks: '모니터 암을 2개 시켜야 하는데 12개로 주문했습니다. 수정이 될까요?',
    answers: '아직 출고 전이라 취소하고 다시 주문하실 수 있어요. 기존 주문은 취소해 드릴게요.',
    thanks: '네, 다시 주문했습니다.',
    tag: '주문',
  },
  {
    language: 'ko',
    subject: '로그인이 안 됩니다',
    asks: '비밀번호를 바꿨는데도 계속 로그인 화면으로 돌아와요.',
    answers: '브라우저에 남은 예전 세션 때문일 수 있어요. 로그아웃 링크를 보내 드렸으니 눌러 보시겠어요?',
    thanks: '해결됐어요!',
    tag: '계정',
  },
  {
    language: 'ko',
    subject: '부분 환불 문의',
    asks: '교육 이틀 중 하루만 진행했습니다. 나머지는 환불이 되나요?',
    answers: '네, 하루치를 환불해 드릴게요. 카드사에 따라 3~5일 걸릴 수 있어요.',
    thanks: '확인했습니다. 감사합니다.',
    tag: '환불',
  },
  {
    language: 'en',
    subject: 'Invoice address is wrong',
    asks: 'Our last invoice still shows the old office. Could you reissue it with the Singapore address?',
    answers: 'Done: the new invoice is in your inbox, and the address is updated for the next ones.',
    thanks: 'Perfect, thank you.',
    tag: '계산서',
  },
  {
    language: 'en',
    subject: 'Webhook stopped after the weekend',
    asks: 'We have not received any events since Saturday night. The endpoint is up on our side.',
    answers: 'Your certificate was renewed with a new issuer and we had it pinned. Deliveries are being retried now.',
    thanks: 'All events have arrived. Thanks for the quick help!',
    tag: '연동',
  },
  {
    language: 'en',
    subject: 'How do I export conversations?',
    asks: 'Our legal team needs the conversations of the last quarter. Is there an export?',
    answers: 'Under Settings, Data, you can choose the period. The file arrives by e-mail within the hour.',
    thanks: 'Got it, that was easy.',
    tag: '내보내기',
  },
  {
    language: 'en',
    subject: 'Change of billing contact',
    asks: 'Please send invoices to our new accountant from now on.',
    answers: 'I have added them as the billing contact. The next invoice goes to both of you.',
    thanks: 'Great, thanks.',
    tag: '결제',
  },
]

/** Notes among members. */
export const notes: readonly string[] = [
  '지난번에도 같은 문의가 있었어요. 링크 남겨 둡니다.',
  '정산팀 확인 완료.',
  'VIP 고객이라 오늘 안에 답변해 주세요.',
  'Asked the vendor, waiting for their answer.',
  '전화로 안내 드렸고 메일도 보냄.',
]

/** What articles are about. */
export const articleTopics: readonly { slug: string; title: string; body: string; language: 'ko' | 'en' }[] = [
  {
    slug: 'change-card',
    title: '결제 카드를 바꾸는 방법',
    body: '설정 › 결제에서 새 카드를 등록해요.',
    language: 'ko',
  },
  { slug: 'invite', title: '구성원을 초대하는 방법', body: '구성원 › 초대에서 이메일을 입력해요.', language: 'ko' },
  { slug: 'refund', title: '환불은 언제 되나요?', body: '승인 후 영업일 기준 3~5일이 걸려요.', language: 'ko' },
  { slug: 'alimtalk', title: '알림톡 템플릿 검수 기준', body: '변수는 #{이름} 형식으로 적어요.', language: 'ko' },
  { slug: 'tax-invoice', title: '세금계산서 발행 안내', body: '매월 5일에 전월분이 발행돼요.', language: 'ko' },
  { slug: 'office-hours', title: '상담 시간 설정하기', body: '설정 › 운영 시간에서 요일별로 정해요.', language: 'ko' },
  { slug: 'export-data', title: 'Exporting your data', body: 'Settings › Data, choose the period.', language: 'en' },
  {
    slug: 'webhooks',
    title: 'Webhooks and retries',
    body: 'We retry for 24 hours, with growing pauses.',
    language: 'en',
  },
  { slug: 'two-factor', title: 'Two-factor sign-in', body: 'Profile › Security, then scan the code.', language: 'en' },
]

/** What sales writes about customers; not for support. */
export const salesNotes: readonly string[] = [
  '신용 한도 500만 원, 초과 시 선결제.',
  '연말 재계약 협상 중 — 할인 15% 제시.',
  'Payment is often late; call before shipping.',
  '경쟁사 견적 받음. 담당 임원 직접 통화.',
]
