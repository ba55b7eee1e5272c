// Where the repository lies on this machine, found from this file and never written down.
import { resolve } from 'node:path'

export const repositoryRoot: string = resolve(import.meta.dirname, '..', '..')
