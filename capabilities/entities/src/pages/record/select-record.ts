// How records are asked for: the table by its name whatever it is called, and filters whose column may be called anything.
import { createClient, type MetaColumn, type MetaEntity, type StewardClient, type Values } from '@steward/sdk'
import { quoteName } from '../filter/dialect-text.ts'
import { valueText } from './value-text.ts'

/** What an answer said beside its rows. */
type Heard = {
  /** The version of the one record. */
  etag: string | null
  /** The id of the operation that a write left. */
  operation: string | null
  /** The body, of which numbers can be read to the last digit. */
  text: string
}

/** A client whose answers are listened to. */
export type Listening = { client: StewardClient; heard: () => Heard }

/**
 * A client that keeps what the headers of its last answer said. For entities it asks below `/entities`: there every table can be
 * reached, also one that is called like a route of Steward's own.
 *
 * @example
 * const { client, heard } = listen(steward)
 */
export function listen(
  steward: Pick<StewardClient, 'url'>,
  { isForEntities = true, ...options }: { reason?: string; dryRun?: boolean; isForEntities?: boolean } = {},
): Listening {
  let heard: Heard = { etag: null, operation: null, text: '' }
  const client = createClient({
    url: isForEntities ? `${steward.url}/entities` : steward.url,
    exact: true,
    headers: { 'Steward-Source': 'backoffice' },
    ...options,
    fetch: async (input, init) => {
      const answer = await fetch(input, init)
      const text = await answer.clone().text()
      heard = { etag: answer.headers.get('ETag'), operation: answer.headers.get('Steward-Operation'), text }
      return answer
    },
  })
  return { client, heard: () => heard }
}

/** An entity as a table of the client. */
export function tableOf(client: StewardClient, { schema, name }: Pick<MetaEntity, 'schema' | 'name'>) {
  return client.schema(schema).from(encodeURIComponent(name))
}

/** The key of a record as filters: the column, and its value as text. */
export function keyFilters({ key, columns }: Pick<MetaEntity, 'key' | 'columns'>, values: Values): [string, string][] {
  return key.map((name) => [quoteName(name), valueText(values[name], columnOf(columns, name)) ?? ''])
}

function columnOf(columns: readonly MetaColumn[], name: string) {
  return columns.find((column) => column.name === name) ?? { baseType: 'text' }
}
