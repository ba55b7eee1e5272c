// The id of an operation in what somebody has pasted.

/**
 * The last id of an operation in a text: the text itself, or an address of Steward; null where there is none.
 *
 * @example
 * findOperationId('https://steward.example/trail/operations/01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11?period=week')
 */
export function findOperationId(text: string): string | null {
  return (
    text
      .match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi)
      ?.at(-1)
      ?.toLowerCase() ?? null
  )
}
