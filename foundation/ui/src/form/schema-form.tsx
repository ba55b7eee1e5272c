// A form for the input of a procedure, from its JSON Schema.
import { useMemo } from 'react'
import classes from './form.module.css'
import { SchemaFieldInput } from './schema-field.tsx'
import { fieldsOf, type JsonSchema } from './schema-fields.ts'

export type { JsonSchema } from './schema-fields.ts'

/**
 * A form from a JSON Schema of an object: `value` is the input so far (what is not given is not in it), `errors` are by path
 * (`lines.0.amount`), as `problemsOf(schema, value, language)` finds them. Numbers keep their digits (`parseJson` of base); what cannot be read
 * stands in the value until it can, and `problemsOf` tells.
 *
 * @example
 * <SchemaForm schema={action.input} value={input} onChange={setInput} errors={problems} />
 */
export function SchemaForm({
  schema,
  value,
  onChange,
  errors = {},
}: {
  schema: JsonSchema
  value: Readonly<Record<string, unknown>>
  onChange: (value: Readonly<Record<string, unknown>>) => void
  errors?: Readonly<Record<string, string>> | undefined
}) {
  const fields = useMemo(() => fieldsOf(schema), [schema])
  return (
    <div className={classes.fields}>
      {fields.map((field) => (
        <SchemaFieldInput
          key={field.name}
          field={field}
          path={field.name}
          value={value[field.name]}
          errors={errors}
          onChange={(next) => onChange(withField(value, field.name, next))}
        />
      ))}
    </div>
  )
}

/** The same input with another field; what is undefined is left out. */
function withField(value: Readonly<Record<string, unknown>>, name: string, next: unknown): Record<string, unknown> {
  const { [name]: _, ...others } = value
  return next === undefined ? others : { ...others, [name]: next }
}
