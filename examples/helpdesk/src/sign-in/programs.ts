// Our own programs by their ids, and what people read in the trail when one of them acts.

/** The names, by id. */
export const programs = {
  portal: 'Customer portal',
  mail: 'Mail gateway',
  payments: 'Payment provider',
  nightly: 'Nightly jobs',
  release: 'Releases',
  routing: 'Routing',
  signup: 'Sign-up',
} as const

/** The id of one of them. */
export type Program = keyof typeof programs
