// The back office in a browser: the list of capabilities' pages, in the frame.
import { startFrame } from '@steward/web'
import { config } from 'zod'
import { capabilities } from './capabilities.ts'

// Schemas come with pages that are loaded later. Unless told, zod tries out whether it may make code of text; the content security
// policy forbids that, and reports each try.
config({ jitless: true })

const root = document.getElementById('root')
if (root === null) throw new Error('The document has no place for the back office.')
startFrame({ root, capabilities })
