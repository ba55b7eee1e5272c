// The demo's data as a program: `fill` writes how far it is, and at last what is there, as JSON lines.
import { parseArgs } from 'node:util'
import { fillHelpdesk } from './fill-helpdesk.ts'
import { demoPeople } from './people.ts'

const { values, positionals } = parseArgs({
  options: { now: { type: 'string' }, scale: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
})
const { DATABASE_URL: databaseUrl } = process.env
if (positionals[0] !== 'fill' || !databaseUrl) {
  console.error('DATABASE_URL=… node dist/demo/main.js fill [--now 2026-11-23T09:00:00Z] [--scale 1] [--seed 1004]')
  process.exit(2)
}
const say = (type: string, facts: object) => process.stdout.write(`${JSON.stringify({ type, ...facts })}\n`)
const filled = await fillHelpdesk({
  databaseUrl,
  ...(values.now === undefined ? {} : { now: new Date(values.now) }),
  ...(values.scale === undefined ? {} : { scale: Number(values.scale) }),
  ...(values.seed === undefined ? {} : { seed: Number(values.seed) }),
  onProgress: (progress) => say('progress', progress),
})
say('filled', { ...filled, people: demoPeople })
