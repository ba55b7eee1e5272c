// The client, the file to read first: postgrest-js over every entity, and what Steward adds to it.
import { parseJson } from '@steward/base'
import { PostgrestClient } from '@supabase/postgrest-js'
import { toCallError } from './call-error.ts'
import type { ChangesetDone, ChangesetRequest, Found, Meta, MetaEntity } from './entity-shapes.ts'
import { sdkErrors } from './errors.ts'
import type { AskOptions, CallOptions, ClientOptions, WriteOptions } from './options.ts'
import { type PageQuery, scanPages } from './scan.ts'
import type { AnyProcedures, EntityName, ProcedureTypes, Selected } from './selected.ts'
import type {
  Blast,
  Change,
  ChangeFacts,
  Key,
  OperationFilter,
  OperationPage,
  OperationWithChanges,
  RecordThen,
  Reverted,
  RevertTarget,
} from './trail-shapes.ts'
import { type OnChanges, openTransport, type Transport } from './transport.ts'

/** How an entity is read from one end to the other. */
export type ScanOptions<Query extends string> = CallOptions & {
  /** Columns and embeds; all columns unless given. */
  select?: Query
  /** Which records: `(query) => query.eq('status', 'open')`. */
  // oxlint-disable-next-line typescript/no-explicit-any -- the query's own type has eight parameters that nobody can name.
  filter?: (query: any) => any
  /** Records a request: 1000 unless given. */
  pageSize?: number
  /** What tells its records apart, where the entity has no key of its own. */
  key?: readonly string[]
}

/** What a rehearsal came to: what was returned, and each change that would have been made. */
export type Rehearsed<Result> = { result: Result; changes: ChangeFacts[] }

/**
 * A client of one Steward: `from`, `rpc` and `schema` of postgrest-js, and the trail, procedures, changesets and search.
 * Made by {@link createClient}; what differs for a part of the work is another client: `withReason`, `dryRun`.
 *
 * @example
 * const lastChange = async (client: StewardClient, id: number) => (await client.history('orders', id, { limit: 1 }))[0]
 */
export class StewardClient<
  // oxlint-disable-next-line typescript/no-explicit-any -- as postgrest-js: without types everything may be asked for.
  Database = any,
  Procedures extends ProcedureTypes<Procedures> = AnyProcedures,
> extends PostgrestClient<Database> {
  readonly #options: ClientOptions
  readonly #transport: Transport
  readonly #onChanges: OnChanges | null
  #meta: Promise<Meta> | null = null

  constructor(options: ClientOptions, onChanges: OnChanges | null = null) {
    const transport = openTransport(options, onChanges)
    super(options.url.replace(/\/+$/, ''), { fetch: transport.dialect, retry: false })
    this.#options = options
    this.#transport = transport
    this.#onChanges = onChanges
  }

  /** The same client, whose changes are kept with this reason. */
  withReason(reason: string): StewardClient<Database, Procedures> {
    return new StewardClient({ ...this.#options, reason }, this.#onChanges)
  }

  /**
   * Hands out a client whose every write is really done, shown and rolled back, each by itself: no write sees what another
   * one did (for that, send a changeset). Triggers and cascades are among the changes. The trail has to track what is written.
   */
  async dryRun<Result>(
    work: (client: StewardClient<Database, Procedures>) => PromiseLike<Result>,
  ): Promise<Rehearsed<Awaited<Result>>> {
    const changes: ChangeFacts[] = []
    const rehearsing = new StewardClient<Database, Procedures>({ ...this.#options, dryRun: true }, (more) => {
      changes.push(...more)
    })
    const result = await work(rehearsing)
    return { result, changes }
  }

  /** What happened to a record, newest first. @throws CallError */
  history(
    entity: EntityName<Database> | string,
    key: Key,
    options: CallOptions & { limit?: number; before?: string } = {},
  ): Promise<Change[]> {
    const { limit, before, signal } = options
    return this.#get(`/trail/history/${encodeURIComponent(entity)}`, { key: keyText(key), limit, before }, signal)
  }

  /** A record as it was at an instant, a mark, or just before an operation. @throws CallError */
  at(
    entity: EntityName<Database> | string,
    key: Key,
    when: string | Date,
    { signal }: CallOptions = {},
  ): Promise<RecordThen> {
    return this.#get(`/trail/at/${encodeURIComponent(entity)}`, { key: keyText(key), when: instantText(when) }, signal)
  }

  /** One operation with everything that it changed. @throws CallError */
  operation(id: string, { signal }: CallOptions = {}): Promise<OperationWithChanges> {
    return this.#get(`/trail/operations/${encodeURIComponent(id)}`, {}, signal)
  }

  /** Operations, newest first; the next page is asked for with `after: page.next`. @throws CallError */
  operations({ key, from, to, ...filter }: OperationFilter = {}, { signal }: CallOptions = {}): Promise<OperationPage> {
    const asked = {
      ...filter,
      key: key === undefined ? undefined : keyText(key),
      from: from === undefined ? undefined : instantText(from),
      to: to === undefined ? undefined : instantText(to),
    }
    return this.#get('/trail/operations', asked, signal)
  }

  /** What a procedure touched in a period. @throws CallError */
  blast(
    { procedure, from, to }: { procedure: string; from: string | Date; to: string | Date },
    { signal }: CallOptions = {},
  ): Promise<Blast> {
    return this.#get('/trail/blast', { procedure, from: instantText(from), to: instantText(to) }, signal)
  }

  /**
   * Takes back what an operation, a change or a run did, or puts a record back to a moment. Look at it with `dryRun` first:
   * its plan has each row before and after, and the conflicts with later edits. @throws CallError
   */
  async revert(
    target: RevertTarget,
    { onConflict, ...options }: WriteOptions & { onConflict?: 'stop' | 'skip' | 'force' } = {},
  ): Promise<Reverted> {
    const named = 'entity' in target ? { ...target, key: keyText(target.key), to: instantText(target.to) } : target
    const reverted = await this.#post<Reverted>(
      '/trail/revert',
      { ...named, onConflict, ...this.#asWrite(options) },
      options,
    )
    this.#onChanges?.(reverted.plan.rows)
    return reverted
  }

  /**
   * Performs a procedure of the service. Without `dryRun` a dangerous one is confirmed by `isConfirmed`.
   * @throws CallError
   */
  async call<Name extends string & keyof Procedures>(
    procedure: Name,
    input: Procedures[Name]['Input'],
    options: WriteOptions & { isConfirmed?: boolean } = {},
  ): Promise<Procedures[Name]['Output']> {
    const isDry = this.#isDry(options)
    const headers: Record<string, string> = {
      ...(isDry ? { Prefer: 'tx=rollback' } : {}),
      ...(this.#onChanges === null ? {} : { 'Steward-Diff': '1' }),
      ...(options.isConfirmed === true ? { 'Steward-Confirm': '1' } : {}),
      ...this.#keyed(isDry),
    }
    const path = `/rpc/${encodeURIComponent(procedure)}`
    if (this.#onChanges === null) return this.#post(path, input, { ...options, headers })
    try {
      const shown = await this.#post<{ result: Procedures[Name]['Output']; changes: ChangeFacts[] }>(path, input, {
        ...options,
        headers,
      })
      this.#onChanges(shown.changes)
      return shown.result
    } catch (error) {
      // One that only reads has no changes to show.
      if ((error as { code?: unknown }).code !== 'ENTITIES_DIFF_OF_READ') throw error
      const { 'Steward-Diff': _, ...plain } = headers
      return this.#post(path, input, { ...options, headers: plain })
    }
  }

  /** Several requests in one transaction, as one operation: all of them, or none. @throws CallError */
  async changeset(requests: readonly ChangesetRequest[], options: WriteOptions = {}): Promise<ChangesetDone> {
    const body = { requests, ...this.#asWrite(options) }
    const headers = this.#keyed(this.#isDry(options))
    const done = await this.#post<ChangesetDone>('/changesets', body, { ...options, headers })
    this.#onChanges?.(done.changes ?? [])
    return done
  }

  /** Finds records by an e-mail, a number, a name, across entities. @throws CallError */
  search(query: string, { signal }: CallOptions = {}): Promise<Found> {
    return this.#get('/search', { q: query }, signal)
  }

  /**
   * Asks any route of Steward's own, such as `/inquiries`: with a body it is a POST, else a GET. With `exact`, numbers that JavaScript
   * would round are kept as `parseJson` of @steward/base keeps them. @throws CallError
   */
  ask<Answer>(path: string, { query, body, ...options }: AskOptions = {}): Promise<Answer> {
    if (body !== undefined) return this.#post(path, { ...body, ...this.#asWrite(options) }, options)
    return this.#get(path, query ?? {}, options.signal)
  }

  /** All entities that this client may read, with their columns, keys and relationships. @throws CallError */
  meta({ signal }: CallOptions = {}): Promise<Meta> {
    return this.#get('/meta', {}, signal)
  }

  /**
   * Every record of an entity, read page by page along its key, in the order of the key: as cheap at the end as at the
   * beginning. What is written meanwhile may or may not be seen; no record comes twice.
   *
   * @throws CallError, SDK_ENTITY_UNKNOWN, SDK_SCAN_NO_KEY, SDK_SCAN_KEY_NULL
   */
  async *scan<Name extends EntityName<Database>, const Query extends string = '*'>(
    entity: Name,
    options: ScanOptions<Query> = {},
  ): AsyncGenerator<Selected<Database, Name, Query>, void, undefined> {
    const { select = '*', filter = (query: unknown) => query, pageSize = 1000, key = null, signal = null } = options
    const query = (selected: string) => filter(this.from(entity as never).select(selected)) as PageQuery
    const found = key === null ? await this.#entity(entity) : { entity, kind: 'view' as const, key: [] }
    yield* scanPages({ entity: found, key, select, pageSize, signal, query }) as AsyncGenerator<
      Selected<Database, Name, Query>,
      void,
      undefined
    >
  }

  /** Asked once for all scans of this client; a failure is not kept. */
  async #entity(name: string): Promise<MetaEntity> {
    this.#meta ??= this.meta().catch((error: unknown) => {
      this.#meta = null
      throw error
    })
    const { entities } = await this.#meta
    const found = entities.find(({ entity }) => entity === name) ?? entities.find((one) => one.name === name)
    if (found === undefined) throw sdkErrors.ENTITY_UNKNOWN({ entity: name })
    return found
  }

  /** The server keeps keys for what it does in one transaction of its own: entities, procedures, changesets. */
  #keyed(isDry: boolean): Record<string, string> {
    return this.#options.idempotent === true && !isDry ? { 'Idempotency-Key': crypto.randomUUID() } : {}
  }

  #isDry({ dryRun }: WriteOptions): boolean {
    return dryRun === true || this.#options.dryRun === true
  }

  #asWrite(options: WriteOptions): { reason: string | undefined; dryRun: boolean } {
    return { reason: options.reason ?? this.#options.reason, dryRun: this.#isDry(options) }
  }

  #get<Answer>(
    path: string,
    query: NonNullable<AskOptions['query']>,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const params = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) {
      for (const each of Array.isArray(value) ? value : [value]) if (each != null) params.append(name, String(each))
    }
    const text = params.toString()
    return this.#ask(`${path}${text === '' ? '' : `?${text}`}`, signal === undefined ? {} : { signal })
  }

  #post<Answer>(
    path: string,
    body: unknown,
    { reason, signal, headers = {} }: WriteOptions & { headers?: Record<string, string> },
  ): Promise<Answer> {
    return this.#ask(path, {
      method: 'POST',
      body: JSON.stringify(body ?? {}, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      headers: {
        'Content-Type': 'application/json',
        ...(reason === undefined ? {} : { 'Steward-Reason': encodeURIComponent(reason) }),
        ...headers,
      },
      ...(signal === undefined ? {} : { signal }),
    })
  }

  async #ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const url = `${this.url}${path}`
    const answer = await this.#transport.send(url, init).catch((error: unknown) => {
      if (init.signal?.aborted === true) throw error
      throw sdkErrors.UNREACHABLE({ url: this.url, problem: String(error) }, { cause: error })
    })
    const { status } = answer
    const body = parse(await answer.text(), this.#options.exact === true ? parseJson : JSON.parse)
    if (!answer.ok) throw toCallError(body, { status, requestId: answer.headers.get('X-Request-Id') })
    if (body === undefined && status !== 204) throw sdkErrors.NOT_STEWARD({ url, status })
    return body as Answer
  }
}

function parse(text: string, read: (text: string) => unknown): unknown {
  try {
    return read(text)
  } catch {
    return undefined
  }
}

// As JSON where the value alone could be taken for something else: a text with an equals sign, an object.
function keyText(key: Key): string {
  if (typeof key === 'object') {
    return JSON.stringify(key, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  }
  return typeof key === 'string' && /[=,{["]/.test(key) ? JSON.stringify([key]) : String(key)
}

function instantText(when: string | Date): string {
  return typeof when === 'string' ? when : when.toISOString()
}
