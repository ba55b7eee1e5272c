// Clients in processes of their own: one event loop must neither hold another up nor be measured with it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A client that answers one question at a time. */
export type ClientProcess<Question, Answer> = { ask: (question: Question) => Promise<Answer>; end: () => Promise<void> }

type Reply<Answer> = { answer: Answer } | { failure: string }

/** Starts the file as a process; it has to call `answerQuestions`. */
export function startClient<Question extends object, Answer>(file: URL): ClientProcess<Question, Answer> {
  const child = fork(fileURLToPath(file), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  let hear: (reply: Reply<Answer>) => void = () => undefined
  child.on('message', (reply: Reply<Answer>) => hear(reply))
  child.on('error', (error) => hear({ failure: error.message }))
  child.on('exit', (code, signal) => hear({ failure: `A client ended in the middle of its work (${signal ?? code}).` }))
  return {
    async ask(question) {
      const replied = new Promise<Reply<Answer>>((resolve) => (hear = resolve))
      child.send(question, (error) => error && hear({ failure: error.message }))
      const reply = await replied
      if ('failure' in reply) throw new Error(reply.failure)
      return reply.answer
    },
    async end() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

/** The client's side: answers until the one who asks goes away. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Promise<Answer>): void {
  // Nobody may be there any more to hear it: that is no error.
  const reply = (given: Reply<Answer>) => process.send?.(given, undefined, undefined, () => undefined)
  process.on('message', (question: Question) => {
    answer(question).then(
      (given) => reply({ answer: given }),
      (error: unknown) => reply({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
  })
  process.once('disconnect', () => process.exit())
}
