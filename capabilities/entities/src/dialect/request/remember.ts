// What was read before need not be read again: clients send the same select and order with other values.

const MOST_TEXTS = 500
const LONGEST_TEXT = 1000

/** `read`, but of a text that it read lately it gives the same value again; values are frozen, for they are shared. */
export function remember<Value>(read: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, Value>()
  return (text) => {
    const known = values.get(text)
    if (known !== undefined) return known
    const value = freeze(read(text))
    if (text.length > LONGEST_TEXT) return value
    const [oldest] = values.keys()
    if (values.size >= MOST_TEXTS && oldest !== undefined) values.delete(oldest)
    values.set(text, value)
    return value
  }
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}
