// The pages of access: people, keys and sessions.

import type { CapabilityPages } from '@steward/ui'
import { IconUsers } from '@tabler/icons-react'

/** The pages of access, for the list in steward. */
export const accessPages: CapabilityPages = {
  name: 'access',
  menu: [
    {
      label: { en: 'People', ko: '사람' },
      path: '/access/people',
      icon: IconUsers,
      order: 80,
      permission: 'access:list-people',
    },
  ],
  routes: [
    {
      path: '/access/people',
      title: { en: 'People', ko: '사람' },
      load: () => import('./people/people-page.tsx'),
    },
    { path: '/access/keys', title: { en: 'API keys', ko: 'API 키' }, load: () => import('./keys/keys-page.tsx') },
    {
      path: '/access/sessions',
      title: { en: 'Sessions', ko: '로그인 중인 기기' },
      load: () => import('./sessions/sessions-page.tsx'),
    },
  ],
}
