// Errors as people meet them everywhere: a code for ever, what happened, more, and what to do next.

/** The body of an error on the wire and on the terminal: exactly these four. */
export type ErrorBody = {
  code: string
  message: string
  details: string | null
  hint: string | null
}

/**
 * An error that Steward shows to people. `code` never changes its meaning, `message` says what happened with the
 * value, `details` says more, `hint` what to do next. `status` is the HTTP status.
 *
 * @example
 * throw new StewardError({ code: 'CHECKS_NOT_FOUND', status: 404, message: 'There is no check called "x".' })
 */
export class StewardError extends Error {
  readonly code: string
  readonly details: string | null
  readonly hint: string | null
  readonly status: number

  constructor(facts: {
    code: string
    message: string
    details?: string | null | undefined
    hint?: string | null | undefined
    status?: number | undefined
    cause?: unknown
  }) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'StewardError'
    this.code = facts.code
    this.details = facts.details ?? null
    this.hint = facts.hint ?? null
    this.status = facts.status ?? 500
  }

  /** The body as it goes over the wire. The cause and the stack stay inside. */
  toJSON(): ErrorBody {
    return { code: this.code, message: this.message, details: this.details, hint: this.hint }
  }
}

/**
 * Whether a thrown value is a StewardError, optionally with this code. Works across two copies of the package.
 *
 * @example
 * if (isStewardError(error, 'TRAIL_NOT_INSTALLED')) console.error(error.hint)
 */
export function isStewardError(error: unknown, code?: string): error is StewardError {
  if (!(error instanceof Error) || error.name !== 'StewardError' || !('toJSON' in error)) return false
  return code === undefined || (error as StewardError).code === code
}

type Text<Values> = string | ((values: Values) => string)

/** How one error is declared: its HTTP status and its texts, each plain or made from values. */
// oxlint-disable-next-line typescript/no-explicit-any -- the values' type is read back from each declaration by inference.
export type ErrorDeclaration<Values = any> = {
  status: number
  message: Text<Values>
  details?: Text<Values>
  hint: Text<Values>
}

type ValuesOfText<T> = T extends (values: infer Values) => string ? Values : unknown
type ValuesOf<D extends ErrorDeclaration> = ValuesOfText<D['message']> &
  ValuesOfText<D['details']> &
  ValuesOfText<D['hint']>

type Arguments<Values> = unknown extends Values
  ? [values?: Record<string, never>, options?: { cause?: unknown }]
  : [values: Values, options?: { cause?: unknown }]

/** Makes one declared error; knows its `code`, its declaration, and whether a thrown value `is` that error. */
export type ErrorFactory<D extends ErrorDeclaration = ErrorDeclaration> = ((
  ...values: Arguments<ValuesOf<D>>
) => StewardError) & {
  readonly code: string
  readonly declaration: D
  is(error: unknown): error is StewardError
}

/**
 * Declares the errors of one room. Each name becomes a factory whose error carries the code `PREFIX_NAME`; the values
 * that the texts ask for are required by its type.
 *
 * @example
 * const checkErrors = defineErrors('CHECKS', {
 *   NOT_FOUND: {
 *     status: 404,
 *     message: ({ name }: { name: string }) => `There is no check called "${name}".`,
 *     hint: 'List them with: steward checks list',
 *   },
 * })
 * throw checkErrors.NOT_FOUND({ name: 'orphans' })
 */
export function defineErrors<const Declarations extends Record<string, ErrorDeclaration>>(
  prefix: string,
  declarations: Declarations,
): { readonly [Name in keyof Declarations]: ErrorFactory<Declarations[Name]> } {
  const factories = Object.entries(declarations).map(([name, declaration]) => {
    const code = `${prefix}_${name}`
    const make = (values: unknown = {}, options: { cause?: unknown } = {}) =>
      new StewardError({
        code,
        status: declaration.status,
        message: textOf(declaration.message, values),
        details: declaration.details === undefined ? null : textOf(declaration.details, values),
        hint: textOf(declaration.hint, values),
        cause: options.cause,
      })
    return [name, Object.assign(make, { code, declaration, is: (error: unknown) => isStewardError(error, code) })]
  })
  return Object.fromEntries(factories)
}

function textOf(text: Text<unknown>, values: unknown): string {
  return typeof text === 'string' ? text : text(values)
}
