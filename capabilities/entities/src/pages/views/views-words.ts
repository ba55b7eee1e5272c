// The words of saved views.
import { defineWords } from '@steward/ui'

export const viewsWords = defineWords(
  {
    views: 'Views',
    own: 'Mine',
    shared: 'Shared by others',
    by: ({ who }: { who: string }) => `by ${who}`,
    isShared: 'shared',
    none: 'No saved view yet',
    noneNext: 'Set columns, filter and order, then save them here under a name.',
    save: 'Save this view',
    name: 'Name',
    share: 'Others may use it, too',
    saveIt: 'Save view',
    update: ({ name }: { name: string }) => `Save changes to “${name}”`,
    remove: ({ name }: { name: string }) => `Delete the view “${name}”`,
    saved: ({ name }: { name: string }) => `Saved the view “${name}”`,
    removed: ({ name }: { name: string }) => `Deleted the view “${name}”`,
  },
  {
    views: '보기',
    own: '내 보기',
    shared: '다른 사람이 공유한 보기',
    by: ({ who }) => `${who} 님`,
    isShared: '공유 중',
    none: '저장한 보기가 없어요',
    noneNext: '열, 필터, 정렬을 정한 다음 이름을 붙여 저장해 보세요.',
    save: '지금 보기 저장',
    name: '이름',
    share: '다른 사람도 쓸 수 있게 공유',
    saveIt: '보기 저장',
    update: ({ name }) => `‘${name}’에 덮어쓰기`,
    remove: ({ name }) => `‘${name}’ 보기 삭제`,
    saved: ({ name }) => `‘${name}’ 보기를 저장했어요`,
    removed: ({ name }) => `‘${name}’ 보기를 삭제했어요`,
  },
)
