// What Steward calls our tables and columns, in both languages of our people, and how records are found and listed.
import type { ColumnWords, EntityWords } from 'steward/config'

/** A label in both languages; `low` is not shown where space is short. */
function said(en: string, ko: string, importance?: ColumnWords['importance']): ColumnWords {
  return { label: { en, ko }, ...(importance === undefined ? {} : { importance }) }
}

const id = said('Id', '번호', 'low')
const createdAt = said('Created', '등록 일시')
const deletedAt = said('Deleted', '삭제 일시')
const tags = said('Tags', '태그')
const workspace = said('Workspace', '워크스페이스')
const customer = said('Customer', '고객')
const language = said('Language', '언어')
const note = said('Note', '메모')

/**
 * The words, by entity.
 *
 * @example
 * defineConfig({ entities })
 */
export const entities: Readonly<Record<string, EntityWords>> = {
  workspaces: {
    label: { en: 'Workspaces', ko: '워크스페이스' },
    description: { en: 'Companies that use the helpdesk', ko: '헬프데스크를 쓰는 회사' },
    title: 'name',
    search: ['name', 'slug'],
    list: ['name', 'slug', 'country', 'created_at', 'closed_at'],
    columns: {
      id,
      name: { ...said('Name', '이름', 'high') },
      slug: said('Address', '주소'),
      country: said('Country', '국가'),
      locale: said('Language', '언어', 'low'),
      domains: said('E-mail domains', '이메일 도메인'),
      settings: said('Settings', '설정', 'low'),
      created_at: createdAt,
      closed_at: said('Closed', '종료 일시'),
    },
  },
  subscriptions: {
    label: { en: 'Subscriptions', ko: '구독' },
    description: { en: 'What a workspace pays for', ko: '워크스페이스가 쓰는 요금제' },
    title: 'plan',
    list: ['workspace_id', 'plan', 'state', 'seats', 'price_per_seat', 'renews_on'],
    columns: {
      id,
      workspace_id: workspace,
      plan: said('Plan', '요금제', 'high'),
      state: said('State', '상태', 'high'),
      seats: said('Seats', '좌석 수'),
      price_per_seat: said('Price per seat', '좌석당 요금'),
      add_ons: said('Add-ons', '부가 기능'),
      renews_on: said('Renews on', '갱신일'),
      started_at: said('Started', '시작 일시'),
    },
  },
  members: {
    label: { en: 'Members', ko: '구성원' },
    description: {
      en: 'People of a workspace, who sign in to the helpdesk',
      ko: '헬프데스크에 로그인하는 워크스페이스 사람들',
    },
    title: 'name',
    search: ['email', 'name'],
    list: ['name', 'email', 'role', 'workspace_id', 'created_at', 'left_at'],
    columns: {
      id,
      workspace_id: workspace,
      name: said('Name', '이름', 'high'),
      email: said('E-mail', '이메일', 'high'),
      role: said('Role', '역할', 'high'),
      languages: said('Languages', '언어'),
      token_hash: said('API token (hash)', 'API 토큰(해시)', 'low'),
      created_at: createdAt,
      left_at: said('Left', '나간 일시'),
    },
  },
  customers: {
    label: { en: 'Customers', ko: '고객' },
    description: { en: 'Companies that a workspace serves', ko: '워크스페이스가 응대하는 회사' },
    title: 'name',
    search: ['email', 'phone', 'name', 'company'],
    list: ['name', 'company', 'email', 'phone', 'state', 'workspace_id', 'created_at'],
    columns: {
      id,
      workspace_id: workspace,
      company: said('Company', '회사', 'high'),
      name: said('Name', '담당자', 'high'),
      email: said('E-mail', '이메일', 'high'),
      phone: said('Phone', '전화번호', 'high'),
      language,
      state: said('State', '상태', 'high'),
      tags,
      address: said('Address', '주소'),
      resident_number: said('Resident registration number', '주민등록번호'),
      card_last4: said('Card, last four digits', '카드 끝 네 자리'),
      internal_note: said('Internal note', '내부 메모'),
      merged_into: said('Merged into', '합쳐진 고객'),
      created_at: createdAt,
    },
  },
  conversations: {
    label: { en: 'Conversations', ko: '대화' },
    description: { en: 'What customers write and call about', ko: '고객이 남긴 문의와 상담' },
    title: 'subject',
    search: ['subject'],
    list: ['subject', 'customer_id', 'state', 'channel', 'assignee_id', 'created_at', 'deleted_at'],
    columns: {
      id,
      workspace_id: workspace,
      customer_id: customer,
      subject: said('Subject', '제목', 'high'),
      channel: said('Channel', '채널'),
      state: said('State', '상태', 'high'),
      priority: said('Priority', '우선순위'),
      assignee_id: said('Assigned to', '담당 구성원'),
      tags,
      created_at: createdAt,
      closed_at: said('Closed', '종료 일시'),
      deleted_at: deletedAt,
    },
  },
  messages: {
    label: { en: 'Messages', ko: '메시지' },
    description: { en: 'What was said in a conversation', ko: '대화에서 주고받은 말' },
    title: 'body',
    list: ['conversation_id', 'author', 'body', 'member_id', 'created_at'],
    columns: {
      id,
      conversation_id: said('Conversation', '대화'),
      author: said('Author', '작성자', 'high'),
      member_id: said('Member', '구성원'),
      body: said('Text', '내용', 'high'),
      is_internal: said('Internal note', '내부 메모 여부'),
      attachments: said('Attachments', '첨부 파일'),
      created_at: createdAt,
      deleted_at: deletedAt,
    },
  },
  orders: {
    label: { en: 'Orders', ko: '주문' },
    description: { en: 'What customers have ordered', ko: '고객이 넣은 주문' },
    title: 'number',
    search: ['number'],
    list: ['number', 'customer_id', 'status', 'total', 'currency', 'placed_at', 'paid_at'],
    columns: {
      id,
      number: said('Number', '주문 번호', 'high'),
      workspace_id: workspace,
      customer_id: customer,
      status: said('Status', '상태', 'high'),
      currency: said('Currency', '통화'),
      discount_percent: said('Discount (%)', '할인율(%)'),
      total: said('Total', '합계', 'high'),
      refunded: said('Refunded', '환불액'),
      note,
      placed_at: said('Placed', '주문 일시'),
      paid_at: said('Paid', '결제 일시'),
      settled_at: said('Settled', '정산 일시'),
    },
  },
  order_items: {
    label: { en: 'Order items', ko: '주문 상품' },
    description: { en: 'The lines of an order', ko: '주문에 담긴 상품' },
    title: 'product',
    search: ['sku'],
    list: ['order_id', 'line', 'sku', 'product', 'quantity', 'unit_price', 'amount'],
    columns: {
      order_id: said('Order', '주문'),
      line: said('Line', '순번'),
      sku: said('Article number', '상품 코드'),
      product: said('Product', '상품', 'high'),
      quantity: said('Quantity', '수량'),
      unit_price: said('Unit price', '단가'),
      amount: said('Amount', '금액', 'high'),
    },
  },
  refunds: {
    label: { en: 'Refunds', ko: '환불' },
    description: { en: 'Money that went back', ko: '고객에게 돌려준 돈' },
    list: ['order_id', 'amount', 'note', 'created_at'],
    columns: {
      id,
      order_id: said('Order', '주문'),
      amount: said('Amount', '금액', 'high'),
      note,
      created_at: said('Refunded', '환불 일시'),
    },
  },
  articles: {
    label: { en: 'Articles', ko: '도움말' },
    description: { en: 'Answers that customers find by themselves', ko: '고객이 스스로 찾아보는 글' },
    title: 'title',
    search: ['title'],
    list: ['title', 'language', 'state', 'workspace_id', 'author_id', 'published_at'],
    columns: {
      id,
      workspace_id: workspace,
      slug: said('Address', '주소', 'low'),
      title: said('Title', '제목', 'high'),
      body: said('Text', '본문'),
      language,
      state: said('State', '상태', 'high'),
      tags,
      author_id: said('Author', '작성한 구성원'),
      created_at: createdAt,
      published_at: said('Published', '게시 일시'),
    },
  },
}
