// What the entities hand to the frame: their list, its tools, and the records.

import type { CapabilityPages } from '@steward/ui'
import { IconBolt, IconListDetails, IconTable } from '@tabler/icons-react'
import { recordSearch } from './record/find-records.ts'

/**
 * The pages of the entities, for the list in steward.
 *
 * @example
 * const pages = [entitiesPages, trailPages]
 */
export const entitiesPages: CapabilityPages = {
  name: 'entities',
  menu: [
    { label: { en: 'Data', ko: '데이터' }, path: '/entities', icon: IconTable, order: 20, permission: 'entities:meta' },
    { label: { en: 'Actions', ko: '기능' }, path: '/actions', icon: IconBolt, order: 50, permission: 'entities:meta' },
    {
      label: { en: 'Calls', ko: '호출 기록' },
      path: '/calls',
      icon: IconListDetails,
      order: 90,
      permission: 'entities:calls',
    },
  ],
  routes: [
    { path: '/entities', title: { en: 'Data', ko: '데이터' }, load: () => import('./overview/overview-page.tsx') },
    { path: '/entities/$entity', title: { en: 'List', ko: '목록' }, load: () => import('./list/list-page.tsx') },
    {
      path: '/entities/$entity/-/import',
      title: { en: 'Import', ko: '가져오기' },
      load: () => import('./import/import-page.tsx'),
    },
    {
      path: '/entities/$entity/-/new',
      title: { en: 'New record', ko: '항목 추가' },
      load: () => import('./edit/new-page.tsx'),
    },
    {
      path: '/entities/$entity/$key',
      title: { en: 'Record', ko: '항목' },
      load: () => import('./record/record-page.tsx'),
    },
    {
      path: '/entities/$entity/$key/edit',
      title: { en: 'Edit', ko: '수정' },
      load: () => import('./edit/edit-page.tsx'),
    },
    { path: '/actions', title: { en: 'Actions', ko: '기능' }, load: () => import('./actions/actions-page.tsx') },
    {
      path: '/actions/$procedure',
      title: { en: 'Action', ko: '기능' },
      load: () => import('./actions/action-page.tsx'),
    },
    { path: '/calls', title: { en: 'Calls', ko: '호출 기록' }, load: () => import('./calls/calls-page.tsx') },
  ],
  fills: [{ place: 'record.actions', order: 20, load: () => import('./actions/record-actions.tsx') }],
  search: recordSearch,
}
