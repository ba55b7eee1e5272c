// Exits with 0 when this machine has a PostgreSQL server of its own, so that scripts can ask.
import { hasSystemServer } from '@steward/cluster'

const isFound = await hasSystemServer()
console.log(isFound ? 'The PostgreSQL of this system is found.' : 'This system has no PostgreSQL of its own.')
process.exitCode = isFound ? 0 : 3
