// What a team writes in steward.config.ts: words for its entities, roles, procedures, and where Steward serves.
import type { EntityRule, Role, ServiceProcedure } from '@steward/engine'
import type { EntityWords } from '@steward/entities'

/**
 * A role as it is configured. What is not said is not allowed.
 *
 * @example
 * const cx: RoleConfiguration = {
 *   permissions: ['trail:history', 'orders:refund'],
 *   entities: { '*': { read: true }, customers: { read: true, mask: { email: 'first-letter' } } },
 * }
 */
export type RoleConfiguration = Partial<Omit<Role, 'name' | 'entities'>> & {
  /** By name, `orders` or `billing.invoices` outside public; `*` is all that are not named. */
  entities?: Readonly<Record<string, EntityRule>>
}

/**
 * All that can be configured; everything may be left out.
 *
 * @example
 * const configuration: Configuration = { entities: { orders: { label: 'Orders' } }, server: { port: 4900 } }
 */
export type Configuration = {
  /** Shown schemas, the default first; all with tables of the service unless given. */
  schemas?: readonly string[]
  /** Where functions and types are found, too: `public` unless given. */
  extraSearchPath?: readonly string[]
  /** At most so many rows in an answer: 1000 unless given, null is no limit. */
  maxRows?: number | null
  /** How people call entities, and how records are named, found and listed; by the entity's name. */
  entities?: Readonly<Record<string, EntityWords>>
  /** `admin` may do everything and cannot be changed; `reader` reads everything unless it is written here. */
  roles?: Readonly<Record<string, RoleConfiguration>>
  /** What `defineProcedure` made. */
  procedures?: readonly ServiceProcedure[]
  /** What the back office says of the service. */
  service?: {
    /** What people call it; the name of its database unless given. */
    name?: string
    /** Coloured on top of every page, so that nobody takes one for another. */
    environment?: 'production' | 'staging' | 'development'
    /**
     * Where a request can be looked up: `{requestId}`, `{operation}` and the minutes around it, `{from}` and `{to}`, are filled in.
     * `{ label: 'Logs', url: 'https://logs.example.com/?q={requestId}&from={from}&to={to}' }`
     */
    requestLinks?: readonly { label: string; url: string }[]
  }
  server?: {
    /** 4848 unless given. */
    port?: number
    /** 127.0.0.1 unless given: this machine alone. */
    host?: string
    /** Where people reach it, for links: `https://steward.example.com`. */
    url?: string
    /** Whose web pages may ask, beside the server's own: `https://office.example.com`. */
    origins?: readonly string[]
    /** Proxies whose word counts for where a request came from: `10.0.0.0/8`. None unless given. */
    trustedProxies?: readonly string[]
  }
}

/**
 * Writes a configuration down with its types: the default export of steward.config.ts.
 *
 * @example
 * export default defineConfig({
 *   entities: { customers: { label: { en: 'Customers', ko: '고객' }, title: 'name', search: ['email'] } },
 *   roles: { cx: { permissions: ['trail:history'], entities: { customers: { read: true, mask: ['phone'] } } } },
 * })
 */
export function defineConfig(configuration: Configuration): Configuration {
  return configuration
}
