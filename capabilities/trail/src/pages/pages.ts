// The door of the trail's pages.
import type { CapabilityPages } from '@steward/ui'
import { IconHistory } from '@tabler/icons-react'
import { findInTrail } from './search/find-in-trail.ts'

/**
 * The pages of the trail.
 *
 * @example
 * mount({ pages: [trailPages] })
 */
export const trailPages: CapabilityPages = {
  name: 'trail',
  menu: [
    {
      label: { en: 'Trail', ko: '변경 이력' },
      path: '/trail',
      icon: IconHistory,
      order: 30,
      permission: 'trail:operations',
    },
  ],
  routes: [
    {
      path: '/trail',
      title: { en: 'Trail', ko: '변경 이력' },
      load: () => import('./search/operations-page.tsx'),
    },
    {
      path: '/trail/operations/$id',
      title: { en: 'Operation', ko: '작업' },
      load: () => import('./operation/operation-page.tsx'),
    },
    {
      path: '/trail/operations/$id/revert',
      title: { en: 'Revert', ko: '되돌리기' },
      load: () => import('./revert/revert-page.tsx'),
    },
    {
      path: '/trail/revert',
      title: { en: 'Revert', ko: '되돌리기' },
      load: () => import('./revert/revert-page.tsx'),
    },
    {
      path: '/trail/blast',
      title: { en: 'Blast radius', ko: '영향 범위' },
      load: () => import('./blast/blast-page.tsx'),
    },
    {
      path: '/trail/tables',
      title: { en: 'Tracked tables', ko: '기록하는 테이블' },
      load: () => import('./tables/tables-page.tsx'),
    },
  ],
  fills: [
    {
      place: 'record.timeline',
      order: 10,
      permission: 'trail:history',
      load: () => import('./deleted/deleted-around.tsx'),
    },
    {
      place: 'record.timeline',
      order: 20,
      permission: 'trail:history',
      load: () => import('./timeline/record-timeline.tsx'),
    },
    {
      place: 'operation.actions',
      order: 90,
      permission: 'trail:revert',
      load: () => import('./operation/revert-button.tsx'),
    },
    {
      place: 'home.recent',
      order: 10,
      permission: 'trail:operations',
      load: () => import('./home/recent-operations.tsx'),
    },
  ],
  search: {
    label: { en: 'Operations', ko: '작업' },
    order: 80,
    permission: 'trail:operations',
    find: findInTrail,
  },
}
