// Runs a program and hands back what it said: every tool of this folder starts others through here.
import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { repositoryRoot } from './root.ts'

export interface Finished {
  exitCode: number
  output: string
  stdout: string
  timedOut: boolean
}

export interface RunOptions {
  folder?: string
  environment?: Record<string, string | undefined>
  timeoutMs?: number
  /** Also let the person at the terminal see the output as it comes. */
  isShown?: boolean
}

/** Runs `command` with the repository's own Node and binaries first on the path; never throws for an exit code. */
export function run(command: string, values: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const binaries = join(repositoryRoot, 'node_modules', '.bin')
  const environment = { ...process.env, ...options.environment }
  environment.PATH = `${binaries}${delimiter}${environment.PATH ?? ''}`
  return new Promise((resolve, reject) => {
    // A group of its own, so that a time-out also ends what the program has started.
    const child = spawn(command, values, {
      cwd: options.folder ?? repositoryRoot,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let output = ''
    let stdout = ''
    let timedOut = false
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true
          if (child.pid) process.kill(-child.pid, 'SIGKILL')
        }, options.timeoutMs)
      : undefined
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      stdout += text
      if (options.isShown) process.stdout.write(text)
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (options.isShown) process.stderr.write(text)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ exitCode: code ?? 1, output, stdout, timedOut })
    })
  })
}
