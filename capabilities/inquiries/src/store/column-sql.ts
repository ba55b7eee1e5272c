// How instants and actors leave the database.

/** An ISO time with its offset; null stays null. */
export function instantSql(column: string): string {
  return `to_json(${column}) #>> '{}'`
}

/** An actor from the three columns that begin so; null where there is none. */
export function actorSql(prefix: string): string {
  return `CASE WHEN ${prefix}_id IS NOT NULL
    THEN json_build_object('type', ${prefix}_type, 'id', ${prefix}_id, 'name', ${prefix}_name) END`
}
