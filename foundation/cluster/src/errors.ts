// What can go wrong with a PostgreSQL of our own, and what to do then.
import { defineErrors } from '@steward/base'

/** The errors of finding, making, starting and stopping a cluster. */
export const clusterErrors = defineErrors('CLUSTER', {
  NO_BINARIES: {
    status: 500,
    message: ({ version, platform }: { version: string; platform: string }) =>
      `There is no PostgreSQL ${version} for ${platform} here.`,
    hint: 'Run npm install again without --omit=optional, or give a PostgreSQL of your own in DATABASE_URL.',
  },
  NO_SYSTEM_POSTGRES: {
    status: 500,
    message: 'No PostgreSQL server is installed on this system.',
    details: 'Looked in /usr/lib/postgresql, at pg_config and in PATH for initdb and postgres.',
    hint: 'Install one, or leave STEWARD_TEST_PG empty to use the embedded one.',
  },
  CANNOT_RUN: {
    status: 500,
    message: ({ program }: { program: string; output: string }) => `PostgreSQL cannot be run: ${program}`,
    details: ({ output }: { program: string; output: string }) => output,
    hint: 'The details say what the system has against it: mostly a missing library, or a folder mounted noexec.',
  },
  NO_USER: {
    status: 500,
    message: ({ user }: { user: string }) =>
      `PostgreSQL does not run as root, and there is no user "${user}" to run it as.`,
    hint: 'Run as another user, or make one: useradd --system postgres',
  },
  UNREACHABLE: {
    status: 500,
    message: ({ folder }: { folder: string; user: string }) => `The folder ${folder} cannot be used by PostgreSQL.`,
    details: ({ user }: { folder: string; user: string }) =>
      `PostgreSQL does not run as root; it runs as "${user}", who may not enter a folder above it.`,
    hint: 'Choose a data folder that every user can reach, or run as a user other than root.',
  },
  FOLDER_IN_USE: {
    status: 409,
    message: ({ folder, owner }: { folder: string; owner: number }) =>
      `The data folder ${folder} is in use by process ${owner}.`,
    hint: 'Stop that process first, or choose another data folder.',
  },
  OTHER_VERSION: {
    status: 409,
    message: ({ folder, found, wanted }: { folder: string; found: string; wanted: string }) =>
      `The data folder ${folder} belongs to PostgreSQL ${found}, and this is PostgreSQL ${wanted}.`,
    hint: 'Start it with its own version, or choose an empty folder.',
  },
  NOT_OURS: {
    status: 409,
    message: ({ folder }: { folder: string }) =>
      `The folder ${folder} is not empty and holds no cluster made by Steward.`,
    hint: 'Choose an empty folder, or one that does not exist yet.',
  },
  PORT_IN_USE: {
    status: 409,
    message: ({ port }: { port: number }) => `Port ${port} is in use.`,
    hint: 'Choose another port, or none: then a free one is found.',
  },
  INITIALISE: {
    status: 500,
    message: ({ folder }: { folder: string; output: string }) =>
      `PostgreSQL could not prepare the data folder ${folder}.`,
    details: ({ output }: { folder: string; output: string }) => output,
    hint: 'The details are what initdb said: mostly a full disk or a folder that may not be written.',
  },
  START: {
    status: 500,
    message: ({ folder }: { folder: string; output: string }) =>
      `PostgreSQL did not start on the data folder ${folder}.`,
    details: ({ output }: { folder: string; output: string }) => output,
    hint: 'The details are the end of steward.log in the data folder.',
  },
})
