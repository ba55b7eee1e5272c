// The short names of a file of types: `Tables<'orders'>` instead of a path through the database.

/** Their text; `schema` is where a name is looked for that comes without one. */
export function shortNames(schema: string): string {
  const standard = JSON.stringify(schema)
  return [
    'type DatabaseWithoutInternals = Omit<Database, "__InternalSupabase">',
    `type DefaultSchema = DatabaseWithoutInternals[Extract<\n  keyof DatabaseWithoutInternals,\n  ${standard}\n>]`,
    rows('Tables', '["Tables"] & ', '["Views"]', 'Row'),
    rows('TablesInsert', '', '["Tables"]', 'Insert'),
    rows('TablesUpdate', '', '["Tables"]', 'Update'),
    named('Enums', 'Enums'),
    named('CompositeTypes', 'CompositeTypes'),
  ].join('\n\n')
}

const inOther = 'DatabaseWithoutInternals[Name["schema"]]'

// Of rows: what is found under `part` of a table, or of a table or view.
function rows(name: string, first: string, second: string, part: string): string {
  const all = (place: string) => (first === '' ? `${place}${second}` : `(${place}${first}${place}${second})`)
  return `export type ${name}<
  Name extends
    | keyof ${all('DefaultSchema')}
    | { schema: keyof DatabaseWithoutInternals },
  InSchema extends Name extends { schema: keyof DatabaseWithoutInternals }
    ? keyof ${all(inOther)}
    : never = never,
> = Name extends { schema: keyof DatabaseWithoutInternals }
  ? ${all(inOther)}[InSchema] extends { ${part}: infer Found }
    ? Found
    : never
  : Name extends keyof ${all('DefaultSchema')}
    ? ${all('DefaultSchema')}[Name] extends { ${part}: infer Found }
      ? Found
      : never
    : never`
}

function named(name: string, group: string): string {
  return `export type ${name}<
  Name extends
    | keyof DefaultSchema["${group}"]
    | { schema: keyof DatabaseWithoutInternals },
  InSchema extends Name extends { schema: keyof DatabaseWithoutInternals }
    ? keyof ${inOther}["${group}"]
    : never = never,
> = Name extends { schema: keyof DatabaseWithoutInternals }
  ? ${inOther}["${group}"][InSchema]
  : Name extends keyof DefaultSchema["${group}"]
    ? DefaultSchema["${group}"][Name]
    : never`
}
