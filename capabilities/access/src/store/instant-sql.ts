// How instants leave the database.

/** An ISO time with its offset; null stays null. */
export function instantSql(column: string): string {
  return `to_json(${column}) #>> '{}'`
}
