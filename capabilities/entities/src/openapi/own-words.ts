// The words that are routes of Steward's own: tables of those names are reached at `/entities/<name>`.

/** In the room of the entities itself. */
export const ownWords = [
  'calls',
  'changesets',
  'docs',
  'events',
  'meta',
  'openapi.json',
  'rpc',
  'search',
  'session-reason',
] as const

/** One of them. */
export type OwnWord = (typeof ownWords)[number]

/** Those and what is mounted beside that room, or answered before it. */
export const takenWords: readonly string[] = [
  ...ownWords,
  'entities',
  'views',
  'trail',
  'access',
  'inquiries',
  'auth',
  'me',
]
