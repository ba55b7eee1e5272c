// Compiles the example: its decorators with metadata are the one thing that Node does not run as it is written.
import { run } from '../repository/run.ts'
import { demoErrors } from './errors.ts'

/**
 * Compiles what is newer than its output; nothing at all where nothing is.
 *
 * @throws DEMO_NOT_COMPILED with what the compiler says
 */
export async function compileHelpdesk(): Promise<void> {
  const { exitCode, output } = await run('tsc', ['-b', 'examples/helpdesk', '--pretty', 'false'])
  if (exitCode !== 0) throw demoErrors.NOT_COMPILED({ output: output.trim() })
}
