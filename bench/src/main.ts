// `npm run bench -- <name>`: finds the benchmark, runs it, prints its figures.
import { isStewardError } from '@steward/base'
import { type Request, readArguments } from './arguments.ts'
import type { Part } from './benchmark.ts'
import { benchmarks } from './benchmarks.ts'
import { describeBystanders, watchBystanders } from './bystanders.ts'
import { choose } from './choose.ts'
import { helpText, listText } from './help.ts'
import { describeMachine } from './machine.ts'
import { openProgress } from './progress.ts'
import { type Report, showReport } from './report.ts'
import { startServer } from './server.ts'

process.exitCode = await main(readArguments(process.argv.slice(2)))

async function main(request: Request): Promise<number> {
  if (request.want === 'help') return say(helpText(benchmarks))
  if (request.want === 'list') return say(listText(benchmarks))
  if (request.want === 'nothing') return refuse(`${request.because}\nSee: npm run bench -- --help`)
  const choice = choose(benchmarks, request.name)
  if (choice.parts === null) {
    const near = choice.near.length > 0 ? `Did you mean ${choice.near.join(', ')}? ` : ''
    return refuse(`There is no benchmark "${request.name}".\n${near}They are listed by: npm run bench`)
  }
  try {
    const report = await run(request, choice.parts)
    return say(request.isJson ? JSON.stringify(report) : showReport(report))
  } catch (error) {
    return fail(error)
  }
}

async function run(request: Extract<Request, { want: 'run' }>, parts: Part[]): Promise<Report> {
  const { name, isQuick, with: companions } = request
  const secondsOf = (part: Part) => (isQuick ? part.seconds.quick : part.seconds.full)
  const total = parts.reduce((sum, part) => sum + secondsOf(part), 0)
  const progress = openProgress(process.stderr, total)
  progress.tell(0, 'starting PostgreSQL')
  const server = await startServer()
  // Ctrl-C leaves no databases behind on a server that is not ours.
  const interrupted = () => void server.stop().finally(() => process.exit(130))
  process.once('SIGINT', interrupted)
  try {
    const shareOfOthers = await watchBystanders()
    const figures: Report['figures'] = []
    const notes: string[] = []
    let done = 0
    for (const part of parts) {
      const tell = (fraction: number, doing: string) =>
        progress.tell((done + fraction * secondsOf(part)) / total, `${part.name}: ${doing}`)
      const measurement = await part.measure({ isQuick, with: companions, server, tell })
      figures.push(...measurement.figures)
      notes.push(...measurement.notes)
      done += secondsOf(part)
    }
    const rough = isQuick ? 'Quick: fewer rounds and less data, a rough answer.' : null
    const others = server.isOurs ? describeBystanders(await shareOfOthers()) : null
    const note = [others, rough, `Server: ${server.settings}.`, ...notes].filter((line) => line !== null).join('\n')
    return { name, machine: describeMachine(server.version), note, figures }
  } finally {
    progress.end()
    process.off('SIGINT', interrupted)
    await server.stop()
  }
}

function say(text: string): number {
  console.log(text)
  return 0
}

function refuse(text: string): number {
  console.error(text)
  return 2
}

function fail(error: unknown): number {
  if (isStewardError(error)) console.error([error.message, error.details, error.hint].filter(Boolean).join('\n'))
  else console.error(error instanceof Error ? (error.stack ?? error.message) : error)
  return 1
}
