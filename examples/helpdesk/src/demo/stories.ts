// The three stories that one can play with the demo, told in both languages.
import type { Planted } from './planted.ts'

/** Who plays it, where it begins, and what to do. */
export type Story = {
  name: 'deleted-orders' | 'zero-totals' | 'held-back'
  role: 'cx' | 'developer'
  /** What to type into the search box, or where to go. */
  begin: string
  title: { en: string; ko: string }
  text: { en: string; ko: string }
}

/** The stories, with what was planted for them. */
export function tellStories({ deletion, release, masked }: Planted): Story[] {
  return [
    {
      name: 'deleted-orders',
      role: 'cx',
      begin: deletion.customer.email,
      title: { en: '“Our orders are gone”', ko: '“주문이 모두 사라졌어요”' },
      text: {
        en: `${deletion.customer.email} writes that their orders are gone. Search for the e-mail: who deleted ${deletion.orders.length} orders yesterday at 18:04 (in Seoul), and through what? Ask a developer, who reverts it with all items; then copy the answer for the customer.`,
        ko: `${deletion.customer.email} 고객이 주문이 사라졌다고 해요. 이메일로 검색해서 어제 18:04(서울 시각)에 주문 ${deletion.orders.length}건을 누가 무엇으로 지웠는지 찾아보세요. 개발자에게 물어보면 상품까지 되돌려 줘요. 마지막으로 고객에게 보낼 답변을 복사하세요.`,
      },
    },
    {
      name: 'zero-totals',
      role: 'developer',
      begin: release.orders[0] ?? '',
      title: { en: 'A release wrote zero totals', ko: '배포가 합계를 0원으로 바꿨어요' },
      text: {
        en: `Release ${release.release} ran ${release.procedure} yesterday at 11:20 (in Seoul) with a wrong price list: ${release.orders.length} orders of the plan ${release.plan} have a total of 0. Look at the blast radius, then revert: ${release.corrected.length} totals that people have corrected since show up as conflicts.`,
        ko: `어제 11:20(서울 시각) 배포 ${release.release}의 ${release.procedure} 작업이 잘못된 요금표로 실행돼 ${release.plan} 요금제 주문 ${release.orders.length}건의 합계가 0원이 됐어요. 영향 범위를 보고 되돌려 보세요. 그 사이 사람이 고친 합계 ${release.corrected.length}건은 충돌로 나와요.`,
      },
    },
    {
      name: 'held-back',
      role: 'cx',
      begin: `customers/${masked.key}`,
      title: { en: 'What support does not see', ko: '상담 담당자에게 보이지 않는 것' },
      text: {
        en: 'Resident registration number, card and internal note of a customer are masked for CX: in lists, search, timeline, diffs and exports. Sign in as the developer to compare.',
        ko: '고객의 주민등록번호와 카드 번호, 내부 메모는 상담 담당자에게 가려져요. 목록과 검색, 타임라인, 비교 화면, 내보내기에서도 마찬가지예요. 개발자로 로그인해서 비교해 보세요.',
      },
    },
  ]
}
