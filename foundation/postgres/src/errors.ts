// What can go wrong in this package itself; the server's own errors are in translate-error.ts.
import { defineErrors } from '@steward/base'

/** The errors of names, transactions and migrations. */
export const postgresErrors = defineErrors('POSTGRES', {
  ENTITY_NAME: {
    status: 400,
    message: ({ text }: { text: string }) => `${JSON.stringify(text)} is not the name of a table.`,
    hint: 'Write table, or schema.table outside public; put a part that holds a dot into double quotes.',
  },
  TRANSACTION_ABORTED: {
    status: 500,
    message: 'The transaction could not be committed: a statement in it had failed, and the failure was not passed on.',
    details: 'PostgreSQL answered COMMIT with ROLLBACK. Nothing of the transaction was kept.',
    hint: 'Let the error of the failed statement through, or put the statement into a SAVEPOINT.',
  },
  MIGRATION_NAME: {
    status: 500,
    message: ({ file }: { file: string }) => `The migration file "${file}" has no place in the order.`,
    hint: 'Name it NNNN-what-it-does.sql with a number of its own, as 0001-tables.sql.',
  },
  MIGRATION_CHANGED: {
    status: 409,
    message: ({ name }: { name: string; ledger: string }) =>
      `The migration "${name}" was changed after it had been applied.`,
    details: ({ name, ledger }: { name: string; ledger: string }) =>
      `Its text no longer has the checksum that ${ledger} noted for "${name}".`,
    hint: 'Put the file back as it was, and write the change into a new migration.',
  },
  MIGRATION_MISSING: {
    status: 409,
    message: ({ name }: { name: string; ledger: string }) =>
      `The database has the migration "${name}", which this version of Steward does not know.`,
    details: ({ name, ledger }: { name: string; ledger: string }) => `${ledger} lists "${name}" as applied.`,
    hint: 'The database was migrated by a newer version: use that version or a later one.',
  },
  MIGRATION_LATE: {
    status: 409,
    message: ({ name, last }: { name: string; last: string }) =>
      `The migration "${name}" comes before "${last}", which the database already has.`,
    hint: 'Give it the next free number, so that every database sees the same order.',
  },
  MIGRATION_ENDED_TRANSACTION: {
    status: 500,
    message: ({ name }: { name: string }) => `The migration "${name}" ended its own transaction.`,
    details: 'What it did until its COMMIT is kept, and it is not noted as applied.',
    hint: 'Take COMMIT and ROLLBACK out of the file: each migration runs in a transaction already.',
  },
  MIGRATION_FAILED: {
    status: 500,
    message: ({ name, reason }: { name: string; reason: string; where: string | null }) =>
      `The migration "${name}" failed: ${reason}`,
    details: ({ where }: { name: string; reason: string; where: string | null }) => where ?? 'It was rolled back.',
    hint: 'Nothing of this migration was kept. Mend the cause and start again.',
  },
})
