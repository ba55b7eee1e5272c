// better-auth over our tables: how it keeps people, their passwords and their sessions.
import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { timeOrderedId } from '@steward/base'
import type { Pool, Transaction } from '@steward/postgres'
import { betterAuth } from 'better-auth'
import { PostgresDialect } from 'kysely'
import { longestDays } from '../session.ts'
import type { PasswordHasher } from './password-hasher.ts'

const columns = {
  person: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
  session: {
    userId: 'person_id',
    expiresAt: 'expires_at',
    ipAddress: 'ip_address',
    userAgent: 'user_agent',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  account: {
    userId: 'person_id',
    accountId: 'account_id',
    providerId: 'provider_id',
    accessToken: 'access_token',
    refreshToken: 'refresh_token',
    idToken: 'id_token',
    accessTokenExpiresAt: 'access_token_expires_at',
    refreshTokenExpiresAt: 'refresh_token_expires_at',
    createdAt: 'created_at',
    updatedAt: 'updated_at',
  },
  verification: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
}

/**
 * Opens it. What is done `within` a transaction is part of it, and so of the operation that the transaction carries; everything
 * else takes a connection for each statement.
 */
export async function openBetterAuth({ office, hasher }: { office: Pool; hasher: PasswordHasher }) {
  const current = new AsyncLocalStorage<Transaction>()
  const auth = betterAuth({
    database: {
      dialect: new PostgresDialect({ pool: connectionsOf(office, current) as never }),
      type: 'postgres',
      schemaName: 'steward_office',
      // The transactions are ours: an operation begins and ends with them.
      transaction: false,
    },
    // Nothing is signed with it: a session's cookie holds random bits, whose hash is stored.
    secret: randomBytes(32).toString('base64url'),
    baseURL: 'http://localhost',
    user: { modelName: 'access_person', fields: columns.person },
    session: {
      modelName: 'access_session',
      fields: columns.session,
      expiresIn: longestDays * 24 * 3600,
      // A session that is revoked is refused on the next request: nobody remembers it, browsers neither.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: { modelName: 'access_account', fields: columns.account },
    verification: { modelName: 'access_verification', fields: columns.verification },
    emailAndPassword: { enabled: true, disableSignUp: true, password: hasher },
    advanced: { database: { generateId: () => timeOrderedId() } },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
  })
  const { internalAdapter: store, password } = await auth.$context
  return {
    store,
    password,
    within: <Result>(transaction: Transaction, work: () => Promise<Result>): Promise<Result> =>
      current.run(transaction, work),
  }
}

/** Of the transaction that is under way, else of the pool. */
function connectionsOf(office: Pool, current: AsyncLocalStorage<Transaction>) {
  return {
    connect: async () => ({
      query: (sql: string, values: readonly unknown[]) => (current.getStore() ?? office).query(sql, [...values]),
      release: () => undefined,
    }),
    end: async () => undefined,
  }
}
