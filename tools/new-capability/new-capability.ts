// Lays out a new capability beside the others, after looking whether its word can stand in all nine places.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { floorPlan } from './floor-plan.ts'
import type { Words } from './words.ts'

// Rooms that HOUSE does not know, floors of the house, and words that name something else already.
const takenWords = new Set(
  'utils helpers lib common shared misc manager service core types base contract postgres cluster engine ui server cli web sdk steward tools bench docs examples pages entity operation change actor procedure'.split(
    ' ',
  ),
)

/** The words of a capability, or a sentence that says why not. */
export function readWords(root: string, word: string | undefined, noun?: string): Words | string {
  if (!word) return 'Say its word: npm run new-capability checks'
  if (!/^[a-z]{3,20}$/.test(word))
    return `"${word}" cannot stand in a URL, a table and a command alike: one word, small letters.`
  if (takenWords.has(word)) return `"${word}" is taken, or no name for a room.`
  if (existsSync(join(root, 'capabilities', word))) return `There is a capability "${word}" already.`
  const single = noun ?? (/[^s]s$/.test(word) ? word.slice(0, -1) : word)
  if (!/^[a-z]{2,20}$/.test(single)) return `"${single}" is no noun in small letters.`
  const { version = '0.1.0' } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version?: string }
  return { word, title: capital(word), noun: single, type: capital(single), version }
}

/** Writes the floor plan into `folder` and hands back the paths of its files. */
export function layOut(folder: string, words: Words): string[] {
  const plan = Object.entries(floorPlan(words))
  for (const [file, text] of plan) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return plan.map(([file]) => file)
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
