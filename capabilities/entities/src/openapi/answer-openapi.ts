// `GET /openapi.json`, as the sender's role may use the API, and `GET /docs`, the page that draws it.
import type { Role, WebAnswer, WebRequest } from '@steward/engine'
import type { SchemaCache } from '../catalog/schema-cache.ts'
import { entitiesErrors } from '../errors.ts'
import { demandMethod, demandNoMore } from '../own-routes.ts'
import type { Room } from '../room.ts'
import { describeOpenApi } from './describe-openapi.ts'
import { docsFile, docsPage, docsPolicy } from './docs-page.ts'
import { takenWords } from './own-words.ts'

/**
 * Answers with the OpenAPI 3.1 document.
 *
 * @throws ENTITIES_ROLE_REQUIRED, ENTITIES_ROUTE_METHOD, ENTITIES_ROUTE_UNKNOWN
 */
export async function answerOpenApi(room: Room, web: WebRequest, rest: readonly string[]): Promise<WebAnswer> {
  demandMethod(web, ['GET', 'HEAD'])
  demandNoMore(web, rest)
  if (web.role === null) throw entitiesErrors.SIGN_IN_REQUIRED()
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: documentFor(room, web.role, web),
  }
}

// A document is drawn once for a role and a schema. Roles are few; somebody who makes them up at every request is not remembered.
const drawn = new WeakMap<SchemaCache, Map<string, string>>()
const mostDrawn = 20

function documentFor({ settings, cache }: Room, role: Role, { actor }: WebRequest): string {
  const schema = cache()
  const documents = drawn.get(schema) ?? new Map<string, string>()
  drawn.set(schema, documents)
  // A filter may hold a bigint, of which JSON knows nothing.
  const key = JSON.stringify([role, actor === null], (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  )
  const isFunction = Object.values(role.entities).some(({ where }) => typeof where === 'function')
  const known = isFunction ? undefined : documents.get(key)
  if (known !== undefined) return known
  const document = JSON.stringify(describeOpenApi({ role, actor, cache: schema, settings, taken: takenWords }))
  if (!isFunction && documents.size < mostDrawn) documents.set(key, document)
  return document
}

/**
 * Answers with the page, or one of its files. There is nothing of the database in them.
 *
 * @throws ENTITIES_ROUTE_METHOD, ENTITIES_ROUTE_UNKNOWN
 */
export async function answerDocs(_room: Room, web: WebRequest, rest: readonly string[]): Promise<WebAnswer> {
  demandMethod(web, ['GET', 'HEAD'])
  const [name = '', ...further] = rest
  demandNoMore(web, further)
  if (name === '') return page(docsPage(rest.length === 0 ? 'docs/' : ''), 'text/html; charset=utf-8')
  const file = await docsFile(name)
  if (file === null) throw entitiesErrors.ROUTE_UNKNOWN({ path: web.path.slice(0, 200) })
  return page(file.text, file.type)
}

function page(body: string, type: string): WebAnswer {
  return {
    status: 200,
    headers: { 'Content-Type': type, 'Content-Security-Policy': docsPolicy, 'Cache-Control': 'private, max-age=3600' },
    body,
  }
}
