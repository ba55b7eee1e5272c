// What colleagues do at a SQL prompt, outside of any service: the trail has it by their names.
import { Client } from 'pg'
import type { Served } from './served-days.ts'

/** Plans a few sessions of psql. */
export function planHandEdits({ schedule, calendar, world, random }: Served, databaseUrl: string): void {
  const customers = world.all('customers').filter(({ phone }) => phone !== null)
  const some = Array.from({ length: Math.min(6, customers.length) }, () => Number(random.pick(customers)['id']))
  const settled = world.all('orders').find(({ status }) => status === 'settled')
  const sessions: [number, string, string, string, unknown[]][] = [
    [
      calendar.at(3, '16:42'),
      '박지훈',
      'TICKET-311: 전화번호 표기 통일',
      "UPDATE customers SET phone = replace(phone, ' ', '') WHERE id = ANY ($1)",
      [
        customers
          .filter(({ language }) => language === 'en')
          .slice(0, 8)
          .map(({ id }) => id),
      ],
    ],
    [
      calendar.at(2, '10:15'),
      '박지훈',
      'TICKET-318: 재계약 대상 표시',
      "UPDATE customers SET tags = array_append(tags, '재계약 대상') WHERE id = ANY ($1)",
      [some],
    ],
    [
      calendar.at(1, '09:20'),
      '최유진',
      'TICKET-322: note from the courier',
      "UPDATE orders SET note = 'Courier: delivered to reception' WHERE number = $1",
      [settled?.['number']],
    ],
  ]
  for (const [at, name, reason, text, values] of sessions) {
    schedule.plan(at, async () => {
      const prompt = new Client({ connectionString: databaseUrl, application_name: 'psql' })
      await prompt.connect()
      try {
        await prompt.query('SELECT steward.act_as($1, $2)', [name, reason])
        await prompt.query(text, values)
      } finally {
        await prompt.end()
      }
    })
  }
}
