// Words that no procedure of a service may begin with: they are Steward's own, today or by its plan.

/**
 * The capabilities, the commands that are none, and what the trail calls by such a name.
 *
 * @example
 * const isFree = !ownWords.includes('orders')
 */
export const ownWords: readonly string[] = [
  'trail',
  'access',
  'entities',
  'inquiries',
  'scripts',
  'queries',
  'watch',
  'incidents',
  'drill',
  'drills',
  'sandbox',
  'serve',
  'init',
  'doctor',
  'sdk',
  'help',
  'demo',
  'rpc',
  'sql',
  'steward',
]
