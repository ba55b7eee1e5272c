// Names of people, companies and goods as a Korean helpdesk meets them. Addresses end in .example, telephone numbers are none that anybody has.
import type { Random } from './random.ts'

const families = [
  ['김', 'kim'],
  ['이', 'lee'],
  ['박', 'park'],
  ['최', 'choi'],
  ['정', 'jung'],
  ['강', 'kang'],
  ['조', 'cho'],
  ['윤', 'yoon'],
  ['장', 'jang'],
  ['임', 'lim'],
  ['한', 'han'],
  ['오', 'oh'],
  ['서', 'seo'],
  ['신', 'shin'],
  ['권', 'kwon'],
] as const

const given = [
  ['민준', 'minjun'],
  ['서윤', 'seoyun'],
  ['도현', 'dohyun'],
  ['지우', 'jiwoo'],
  ['하은', 'haeun'],
  ['예준', 'yejun'],
  ['수빈', 'subin'],
  ['지호', 'jiho'],
  ['채원', 'chaewon'],
  ['현우', 'hyunwoo'],
  ['유나', 'yuna'],
  ['성민', 'sungmin'],
  ['다은', 'daeun'],
  ['태윤', 'taeyun'],
  ['은지', 'eunji'],
  ['준서', 'junseo'],
  ['소희', 'sohee'],
  ['영호', 'youngho'],
  ['미경', 'mikyung'],
  ['상훈', 'sanghun'],
] as const

const westerners = [
  'Emma Clark',
  'Noah Fischer',
  'Olivia Brown',
  'Liam Murphy',
  'Sofia Rossi',
  'Lucas Martin',
  'Mia Schmidt',
  'Ethan Lewis',
  'Aisha Khan',
  'Tom Becker',
  'Grace Hill',
  'Daniel Novak',
  'Chloe Dubois',
  'Henry Walsh',
  'Isla Morgan',
  'Oscar Lind',
]

const firsts = [
  ['한빛', 'hanbit'],
  ['누리', 'nuri'],
  ['가람', 'garam'],
  ['미래', 'mirae'],
  ['새벽', 'saebyeok'],
  ['온누리', 'onnuri'],
  ['푸른숲', 'pureunsup'],
  ['다온', 'daon'],
  ['하늘', 'haneul'],
  ['두레', 'dure'],
  ['바른', 'bareun'],
  ['해솔', 'haesol'],
  ['금강', 'geumgang'],
  ['라온', 'raon'],
  ['솔빛', 'solbit'],
  ['아람', 'aram'],
] as const

const seconds = [
  ['상사', 'trading'],
  ['테크', 'tech'],
  ['푸드', 'food'],
  ['물류', 'logis'],
  ['디자인', 'design'],
  ['의원', 'clinic'],
  ['교육', 'edu'],
  ['소프트', 'soft'],
  ['건설', 'build'],
  ['마켓', 'market'],
] as const

const westernFirsts = [
  'Blue Harbor',
  'Maple Hill',
  'North Pier',
  'Silver Fern',
  'Oak & Stone',
  'Bright Lane',
  'Red Kite',
]
const westernSeconds = ['Foods', 'Logistics', 'Studio', 'Supplies', 'Travel', 'Labs']

/** A person with the part of an e-mail address before the @. */
export type Named = { name: string; address: string; language: 'ko' | 'en' }

/** A company with its domain. */
export type Company = { name: string; domain: string; language: 'ko' | 'en' }

/** Somebody; mostly Korean. */
export function somebody(random: Random, language: 'ko' | 'en' = random.chance(0.8) ? 'ko' : 'en'): Named {
  if (language === 'en') {
    const name = random.pick(westerners)
    return { name, address: name.toLowerCase().replaceAll(' ', '.'), language }
  }
  const [family, familyRoman] = random.pick(families)
  const [own, ownRoman] = random.pick(given)
  return { name: `${family}${own}`, address: `${ownRoman}.${familyRoman}`, language }
}

/** Some company; mostly Korean. */
export function someCompany(random: Random): Company {
  if (random.chance(0.2)) {
    const name = `${random.pick(westernFirsts)} ${random.pick(westernSeconds)}`
    return { name, domain: `${name.toLowerCase().replaceAll(/[^a-z]+/g, '-')}.example`, language: 'en' }
  }
  const [first, firstRoman] = random.pick(firsts)
  const [second, secondRoman] = random.pick(seconds)
  const form = random.pick(['', '(주)', '㈜'])
  return { name: `${form}${first}${second}`, domain: `${firstRoman}-${secondRoman}.example`, language: 'ko' }
}

/** A telephone number that nobody has: Korean mobile numbers never go on with 0, and 555-01xx is for films. */
export function somePhone(random: Random, language: 'ko' | 'en'): string {
  return language === 'ko' ? `010-0${random.digits(3)}-${random.digits(4)}` : `+1 202-555-01${random.digits(2)}`
}

/** A resident registration number of nobody: there is no 40th of a month. */
export function someResidentNumber(random: Random): string {
  const month = String(random.integer(1, 12)).padStart(2, '0')
  return `${random.integer(60, 99)}${month}4${random.integer(0, 9)}-${random.integer(1, 2)}${random.digits(6)}`
}

/** Where somebody works. */
export function someAddress(random: Random, language: 'ko' | 'en'): Record<string, string> {
  const number = random.integer(1, 180)
  const [city, street] = random.pick<readonly [string, string]>(
    language === 'ko'
      ? ([
          ['서울', '테헤란로'],
          ['서울', '성수이로'],
          ['부산', '센텀중앙로'],
          ['대전', '대학로'],
          ['성남', '판교역로'],
          ['광주', '금남로'],
        ] as const)
      : ([
          ['Singapore', 'Harbour Road'],
          ['Berlin', 'Lindenstraße'],
          ['Dublin', 'Quay Street'],
        ] as const),
  )
  const postalCode = random.digits(5)
  return { city, street: language === 'ko' ? `${street} ${number}` : `${number} ${street}`, postalCode }
}

/** What the workspaces sell to their customers; prices in won. */
export const goods: readonly { sku: string; product: string; won: number }[] = [
  { sku: 'HS-110', product: '상담용 유선 헤드셋', won: 48_000 },
  { sku: 'HS-220', product: '상담용 무선 헤드셋', won: 129_000 },
  { sku: 'PH-300', product: 'IP 전화기', won: 156_000 },
  { sku: 'CM-080', product: '회의용 웹캠', won: 89_000 },
  { sku: 'MS-010', product: '알림톡 1만 건', won: 65_000 },
  { sku: 'MS-020', product: '문자 1만 건', won: 90_000 },
  { sku: 'NR-001', product: '대표 번호 개통', won: 33_000 },
  { sku: 'TR-100', product: '상담사 교육 (1일)', won: 440_000 },
  { sku: 'TR-200', product: 'Onboarding package', won: 660_000 },
  { sku: 'BT-500', product: '챗봇 시나리오 제작', won: 880_000 },
  { sku: 'TL-050', product: '도움말 번역 (영문)', won: 120_000 },
  { sku: 'DS-040', product: '모니터 암', won: 57_500 },
  { sku: 'DS-070', product: 'Standing desk', won: 389_000 },
  { sku: 'LB-015', product: '라벨 프린터', won: 174_900 },
  { sku: 'PP-005', product: '감열지 10롤', won: 21_000 },
  { sku: 'SC-060', product: '바코드 스캐너', won: 98_000 },
]
