// The place of what is broken is found wherever the service lies.
import { expect, test } from 'vitest'
import { brokenAt } from './broken-at.ts'

test.each(['/srv/50%off', '/srv/a%zz', '/srv/a#b', '/srv/한글 폴더'])('a place in the folder %s', (folder) => {
  const file = `${folder}/steward.config.ts`
  for (const told of [file, `file://${folder.split('/').map(encodeURIComponent).join('/')}/steward.config.ts`]) {
    const error = Object.assign(new Error('Nothing works'), {
      stack: `Error: Nothing works\n    at run (${told}:12:3)`,
    })
    expect(brokenAt(error, { file, folder, urls: new Set() }).place).toBe('steward.config.ts:12')
  }
})
