// Where the demo plays: the folder and the environment it was started in, the terminal, and word that it should stop.
import type { Screen } from './progress-bar.ts'

/** Handed to everything that `npm start` does. */
export type Stage = {
  folder: string
  environment: NodeJS.ProcessEnv
  screen: Screen
  say: (line: string) => void
  stopping: AbortSignal
}
