// The door of the inquiries' pages.
import type { CapabilityPages } from '@steward/ui'
import { IconMessageQuestion } from '@tabler/icons-react'
import { findInquiries } from './search/find-inquiries.ts'
import { useWaitingCount } from './use-waiting.ts'

const inquiries = { en: 'Inquiries', ko: '문의' }

/**
 * The pages of inquiries.
 *
 * @example
 * const capabilities = [inquiriesPages]
 */
export const inquiriesPages: CapabilityPages = {
  name: 'inquiries',
  menu: [
    {
      label: inquiries,
      path: '/inquiries',
      icon: IconMessageQuestion,
      order: 40,
      permission: 'inquiries:list',
      useCount: useWaitingCount,
    },
  ],
  routes: [
    { path: '/inquiries', title: inquiries, load: () => import('./list/inquiries-page.tsx') },
    {
      path: '/inquiries/report',
      title: { en: 'Report of inquiries', ko: '문의 리포트' },
      load: () => import('./report/report-page.tsx'),
    },
    {
      path: '/inquiries/$id',
      title: { en: 'Inquiry', ko: '문의' },
      load: () => import('./inquiry/inquiry-page.tsx'),
    },
  ],
  fills: [
    {
      place: 'record.actions',
      order: 20,
      permission: 'inquiries:ask',
      load: () => import('./ask/ask-about-record.tsx'),
    },
    {
      place: 'operation.actions',
      order: 20,
      permission: 'trail:operation',
      load: () => import('./answer/answer-about-operation.tsx'),
    },
    {
      place: 'operation.actions',
      order: 30,
      permission: 'inquiries:ask',
      load: () => import('./ask/ask-about-operation.tsx'),
    },
    {
      place: 'operation.related',
      order: 20,
      permission: 'inquiries:list',
      load: () => import('./related/inquiries-of-operation.tsx'),
    },
    {
      place: 'home.attention',
      order: 20,
      permission: 'inquiries:list',
      load: () => import('./home/inquiries-for-me.tsx'),
    },
  ],
  search: { label: inquiries, order: 70, permission: 'inquiries:list', find: findInquiries },
}
