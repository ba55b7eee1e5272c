// Clients in processes of their own: one event loop must neither hold another up nor be measured with it.
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A client that answers one question at a time. */
export type ClientProcess<Question, Answer> = { ask: (question: Question) => Promise<Answer>; end: () => Promise<void> }

type Reply<Answer> = { answer: Answer } | { failure: string }

/** Starts the file as a process; it has to call `answerQuestions`. */
export function startClient<Question extends object, Answer>(file: URL): ClientProcess<Question, Answer> {
  const child = fork(fileURLToPath(file), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return {
    async ask(question) {
      child.send(question)
      const reply = await Promise.race([replyOf<Answer>(child), endOf(child)])
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
  process.on('message', async (question: Question) => {
    const reply = await answer(question).then(
      (given) => ({ answer: given }),
      (error: unknown) => ({ failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    // Nobody may be there any more to hear it: that is no error.
    process.send?.(reply, undefined, undefined, () => undefined)
  })
  process.once('disconnect', () => process.exit())
}

async function replyOf<Answer>(child: ChildProcess): Promise<Reply<Answer>> {
  const [reply] = (await once(child, 'message')) as [Reply<Answer>]
  return reply
}

async function endOf(child: ChildProcess): Promise<{ failure: string }> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  return { failure: `A client ended in the middle of its work (${signal ?? code}).` }
}
