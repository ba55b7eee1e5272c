// What keeps the demo from starting, and what to do then.
import { defineErrors } from '@steward/base'

export const demoErrors = defineErrors('DEMO', {
  RUNS_ALREADY: {
    status: 409,
    message: ({ url, pid }: { url: string | null; pid: number }) =>
      url === null
        ? `The demo is just being started by process ${pid}.`
        : `The demo runs already, at ${url} (process ${pid}).`,
    hint: 'Open it there, or stop it with Ctrl-C where it was started. Another folder is another demo.',
  },
  NOT_COMPILED: {
    status: 500,
    message: 'The example examples/helpdesk does not compile.',
    details: ({ output }: { output: string }) => output,
    hint: 'Mend what the compiler says, and start again. After a pull: npm install.',
  },
  NOT_FILLED: {
    status: 500,
    message: 'The sample data could not be made.',
    details: ({ output }: { output: string }) => output,
    hint: 'The details are what the program of the example said last. The next start begins anew.',
  },
  NO_PASSWORD: {
    status: 500,
    message: ({ email }: { email: string; answer: string }) => `No password could be set for ${email}.`,
    details: ({ answer }: { email: string; answer: string }) => answer,
    hint: 'Start anew with: npm start -- --reset',
  },
})
