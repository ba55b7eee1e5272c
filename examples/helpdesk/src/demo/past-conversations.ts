// The imagined past of conversations and of the articles that save some of them.
import { hourMs, instant, minuteMs, toldDays } from './calendar.ts'
import { amounts, byProgram, type Past } from './past.ts'
import type { Tenant } from './past-workspaces.ts'
import { articleTopics, type Matter, matters, notes } from './talk.ts'
import type { Row } from './world.ts'

/** Lets customers write and members answer, and members write articles. */
export function pastConversations(past: Past, tenants: readonly Tenant[]): void {
  for (let day = toldDays - 1; day >= 0; day -= 1) {
    for (let count = past.dailyCount('conversations', day); count > 0; count -= 1) {
      past.plan(past.workingInstant(day), (at) => open(past, past.random.pickEarly(tenants), at))
    }
  }
  for (let count = Math.round(amounts.articles * past.scale); count > 0; count -= 1) {
    past.plan(past.workingInstant(past.random.integer(4, toldDays - 1)), (at) =>
      write(past, past.random.pickEarly(tenants), at),
    )
  }
}

type Talk = { conversation: Row; tenant: Tenant; customer: Row; matter: Matter; member: Row }

function open(past: Past, tenant: Tenant, at: number): void {
  const { random, world } = past
  const customers = tenant.customers.filter((one) => one['state'] === 'active' && !past.spared.has(one))
  if (customers.length === 0) return
  const customer = random.pickEarly(customers)
  const matter = random.pick(matters.filter(({ language }) => language === customer['language']))
  const conversation: Row = {
    id: random.uuid(at),
    workspace_id: tenant.workspace['id'],
    customer_id: customer['id'],
    subject: matter.subject,
    channel: random.pick(['email', 'email', 'email', 'chat', 'web', 'phone']),
    state: 'open',
    priority: 2,
    assignee_id: null,
    tags: [],
    created_at: instant(at),
    closed_at: null,
    deleted_at: null,
  }
  const talk: Talk = { conversation, tenant, customer, matter, member: random.pick(tenant.members) }
  const act = { at, actor: past.by('customer', customer), procedure: 'conversations.open' }
  world.act({ ...act, params: { channel: conversation['channel'] } }, (hand) => {
    hand.insert('conversations', conversation)
    hand.insert('messages', messageRow(past, talk, { author: 'customer', body: matter.asks, at }))
  })
  planTalk(past, talk, at)
}

type Said = { author: 'customer' | 'member' | 'system'; body: string; isInternal?: boolean; at: number }

function messageRow(past: Past, { conversation, member }: Talk, { author, body, isInternal = false, at }: Said): Row {
  const hasFile = author === 'customer' && past.random.chance(0.08)
  return {
    id: past.nextId.messages++,
    conversation_id: conversation['id'],
    author,
    member_id: author === 'member' ? member['id'] : null,
    body,
    is_internal: isInternal,
    attachments: hasFile
      ? [{ name: past.random.pick(['캡처.png', '영수증.pdf']), bytes: past.random.integer(9_000, 900_000) }]
      : [],
    created_at: instant(at),
    deleted_at: null,
  }
}

function planTalk(past: Past, talk: Talk, openedAt: number): void {
  const { random } = past
  const assignedAt = openedAt + random.wait(20 * minuteMs)
  const answeredAt = assignedAt + 2 * minuteMs + random.wait(70 * minuteMs)
  const thankedAt = answeredAt + 5 * minuteMs + random.wait(4 * hourMs)
  past.plan(assignedAt, (at) => assign(past, talk, at))
  if (random.chance(0.25)) past.plan(assignedAt + minuteMs, (at) => note(past, talk, at))
  past.plan(answeredAt, (at) => say(past, talk, { author: 'member', body: talk.matter.answers, at }))
  if (random.chance(0.8))
    past.plan(thankedAt, (at) => say(past, talk, { author: 'customer', body: talk.matter.thanks, at }))
  past.plan(thankedAt + random.wait(3 * hourMs), (at) => close(past, talk, at))
}

function assign(past: Past, { conversation, matter, member, tenant }: Talk, at: number): void {
  const actor = past.random.chance(0.5) ? byProgram('routing') : past.by('member', past.random.pick(tenant.members))
  const values = { assignee_id: member['id'], tags: [matter.tag], ...(past.random.chance(0.1) ? { priority: 1 } : {}) }
  const params = { conversation: conversation['id'], assignee: String(member['id']) }
  past.world.act({ at, actor, procedure: 'conversations.change', params }, (hand) =>
    hand.update('conversations', conversation, values),
  )
}

function note(past: Past, talk: Talk, at: number): void {
  const params = { conversation: talk.conversation['id'], isInternal: true }
  past.world.act({ at, actor: past.by('member', talk.member), procedure: 'conversations.write', params }, (hand) => {
    const body = past.random.pick(notes)
    hand.insert('messages', messageRow(past, talk, { author: 'member', body, isInternal: true, at }))
  })
}

function say(past: Past, talk: Talk, said: Said): void {
  const { conversation, customer, member } = talk
  const isMember = said.author === 'member'
  const actor = isMember ? past.by('member', member) : past.by('customer', customer)
  const params = { conversation: conversation['id'], isInternal: false }
  past.world.act({ at: said.at, actor, procedure: 'conversations.write', params }, (hand) => {
    hand.insert('messages', messageRow(past, talk, said))
    hand.update('conversations', conversation, { state: isMember ? 'waiting' : 'open', closed_at: null })
  })
}

function close(past: Past, { conversation, member }: Talk, at: number): void {
  const params = { conversation: conversation['id'] }
  past.world.act({ at, actor: past.by('member', member), procedure: 'conversations.close', params }, (hand) =>
    hand.update('conversations', conversation, { state: 'closed', closed_at: instant(at) }),
  )
}

function write(past: Past, { workspace, members }: Tenant, at: number): void {
  const { random, world } = past
  if (!world.has('workspaces', workspace)) return
  const topic = random.pick(articleTopics)
  const slug = `${topic.slug}-${random.digits(4)}`
  if (world.all('articles').some((one) => one['workspace_id'] === workspace['id'] && one['slug'] === slug)) return
  const author = random.pick(members)
  const article: Row = {
    id: random.uuid(at),
    workspace_id: workspace['id'],
    slug,
    title: topic.title,
    body: topic.body,
    language: topic.language,
    state: 'draft',
    tags: [],
    author_id: author['id'],
    created_at: instant(at),
    published_at: null,
  }
  const actor = past.by('member', author)
  world.act({ at, actor, procedure: 'articles.write', params: { slug, language: topic.language } }, (hand) => {
    hand.insert('articles', article)
  })
  past.plan(at + random.wait(5 * hourMs), (when) =>
    world.act({ at: when, actor, procedure: 'articles.revise', params: { slug, state: 'published' } }, (hand) =>
      hand.update('articles', article, { state: 'published', published_at: instant(when) }),
    ),
  )
  for (let count = random.integer(0, 4); count > 0; count -= 1) {
    past.plan(at + 8 * hourMs + random.wait(200 * hourMs), (when) => {
      const body = `${article['body']} ${random.pick(['자세한 내용은 고객센터로 문의해 주세요.', '화면은 버전에 따라 다를 수 있어요.', 'Updated for the new menu.'])}`
      world.act({ at: when, actor, procedure: 'articles.revise', params: { slug } }, (hand) =>
        hand.update('articles', article, { body }),
      )
    })
  }
}
