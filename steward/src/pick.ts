// Takes what was given out of options: what is undefined is left out, so that defaults hold.

/**
 * The named parts of a whole, without those that are undefined.
 *
 * @example
 * pick({ port: undefined, host: 'localhost' }, ['port', 'host']) // { host: 'localhost' }
 */
export function pick<Whole extends object, Key extends keyof Whole>(
  whole: Whole,
  keys: readonly Key[],
): { [Name in Key]: Exclude<Whole[Name], undefined> } {
  const given = keys.filter((key) => whole[key] !== undefined).map((key) => [key, whole[key]])
  return Object.fromEntries(given) as { [Name in Key]: Exclude<Whole[Name], undefined> }
}
