// Stored JSON that PostgreSQL's own functions may look into.

/**
 * SQL for a stored text as json. A json value may hold escapes that PostgreSQL refuses to look into: a zero character, half a
 * surrogate pair. They are taken for blanks; behind an escaped backslash the same letters are no escape, and stay as sound.
 */
export function readableJson(text: string): string {
  const readable = `regexp_replace(${text}, '\\\\u(0000|d[89a-f]..)', '\\\\u0020', 'gi')`
  return `(CASE WHEN strpos(${text}, '\\u') > 0 THEN ${readable} ELSE ${text} END)::json`
}
