// What is refused of a configuration, with the place where it stands.
import { defineErrors } from '@steward/base'

/**
 * Refusals of steward.config.ts, before anything is served or performed.
 *
 * @example
 * throw configErrors.NOT_FOUND({ file: 'steward.config.ts' })
 */
export const configErrors = defineErrors('CONFIG', {
  NOT_FOUND: {
    status: 404,
    message: ({ file }: { file: string }) => `There is no configuration "${file}".`,
    hint: 'Check --config and STEWARD_CONFIG, or write one with: steward init',
  },
  EXISTS: {
    status: 409,
    message: ({ file }: { file: string }) => `There is a configuration already: ${file}.`,
    hint: 'Look at what would be proposed with: steward init --stdout. Or write over it with --force.',
  },
  BROKEN: {
    status: 400,
    message: ({ place, problem }: { place: string; problem: string; hint: string }) => `${place}: ${problem}`,
    hint: ({ hint }: { place: string; problem: string; hint: string }) => hint,
  },
  NO_DEFAULT: {
    status: 400,
    message: ({ file }: { file: string }) => `${file} exports no configuration.`,
    hint: 'Write it as: export default defineConfig({ … })',
  },
  INVALID: {
    status: 400,
    message: ({ file, problems }: { file: string; problems: readonly string[] }) =>
      `${file} is not a valid configuration: ${problems[0]}`,
    details: ({ problems }: { file: string; problems: readonly string[] }) => problems.join('\n'),
    hint: 'An editor shows what may stand where it is written as defineConfig({ … }) of steward/config.',
  },
  SHOWS_TOO_MUCH: {
    status: 409,
    message: ({ problems }: { problems: readonly string[] }) =>
      `The configuration would show what it is meant to hold back: ${problems[0]}`,
    details: ({ problems }: { problems: readonly string[] }) => problems.join('\n'),
    hint: 'Name in steward.config.ts what it is called in the database now, or take it out. steward doctor lists all of it.',
  },
})
