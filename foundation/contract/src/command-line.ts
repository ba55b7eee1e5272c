// How a promise looks on the command line: which fields are positional, and what a person sees of the output.

/**
 * One block of an output as a person reads it on a terminal. `of` is the path of the value in the output
 * (`'tables'`, `'plan.conflicts'`; left out: the output itself). A block whose value is null or empty prints
 * `empty`, or nothing.
 *
 * - `table`: a list of objects, one row each, `columns` in order (a path such as `operation.procedure` may stand there)
 * - `facts`: one object as a list of names and values, `columns` picks and orders them
 * - `changes`: a list of changes with their before and after as a small diff, under their operation when they carry it
 * - `operations`: a list of operations, each with who, through what and why
 * - `lines`: a list of sentences
 * - `text`: a string, verbatim (a script that is piped onwards)
 *
 * @example
 * const blocks: Block[] = [{ as: 'table', of: 'tables', columns: ['entity', 'tracked'], empty: 'No table yet.' }]
 */
export type Block = {
  as: 'table' | 'facts' | 'changes' | 'operations' | 'lines' | 'text'
  of?: string
  title?: string
  columns?: readonly string[]
  empty?: string
}

/**
 * The hints that turn a procedure into a command. Everything else is read from its input schema: names, types,
 * defaults, descriptions, and what is required.
 *
 * @example
 * const hints: CommandLine = { args: ['entity', 'key'], columns: ['at', 'kind'], examples: ['orders 1042'] }
 */
export type CommandLine = {
  /** Its words below the capability's where they are not its name: `['key', 'create']`. */
  path?: readonly string[]
  /** Input fields that are given by position, in this order; a list takes all words that are left. */
  args?: readonly string[]
  /** The input field (one of `args`) that is given as the name of a file and read line by line; `-` reads stdin. */
  file?: string
  /** The word shown for an option's value in the help, by input field: `--from <when>`. */
  values?: Readonly<Record<string, string>>
  /** Short for one block: a table of the output with these columns. */
  columns?: readonly string[]
  /** What a person sees, from top to bottom. Without it the output is shown by its shape. */
  show?: readonly Block[]
  /** A question put to the person at a terminal before anything happens; `--yes` answers it. */
  confirm?: string
  /** Arguments as one would type them after the command's own words, shown in its help. */
  examples?: readonly string[]
}
