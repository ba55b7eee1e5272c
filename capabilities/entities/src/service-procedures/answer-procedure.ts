// `/rpc/<name>`: a procedure of the service where there is one of that name, else a function of the database.
import { isStewardError, nearestNames, printJson } from '@steward/base'
import { type ProcedureWords, wordsOf } from '@steward/contract'
import {
  engineErrors,
  isPermitted,
  type Performed,
  type Role,
  type ServiceProcedure,
  visible,
  type WebAnswer,
  type WebRequest,
} from '@steward/engine'
import { answerRequest } from '../dialect/answer-request.ts'
import { entitiesErrors } from '../errors.ts'
import { asksForDryRun } from '../operations/begin-write.ts'
import { readReason } from '../operations/reason.ts'
import type { Room } from '../room.ts'
import { readInput } from './read-input.ts'

/**
 * Answers a call of one of the service's own procedures, as JSON; everything else below `/rpc` is the dialect's.
 *
 * @throws ENTITIES_PROCEDURE_…, ENTITIES_REASON_…, ENGINE_…, whatever the procedure refuses
 */
export async function answerProcedure(room: Room, web: WebRequest, rest: readonly string[]): Promise<WebAnswer> {
  const { procedures } = room.settings
  const [name = ''] = rest
  const found = rest.length === 1 ? procedures?.listed.find((each) => each.name === name) : undefined
  // No function of a database is named so, unless somebody means to.
  if (found === undefined && procedures !== null && name.includes('.'))
    refuseMisspelt(procedures.listed, name, web.role)
  if (found === undefined || procedures === null) return answerRequest(room, web)
  const words = wordsOf(found.promised)
  demandMethod(found, words, web)
  demandPermission(found, words, web)
  const asked = readAsked(room, found, web)
  const done = await procedures
    .perform({
      procedure: name,
      input: readInput(found, web),
      actor: web.actor ?? { type: 'service', id: 'anonymous' },
      role: web.role,
      source: web.source ?? 'admin-api',
      requestId: web.requestId,
      ...(web.operationId === undefined ? {} : { operationId: web.operationId }),
      isConfirmed: web.headers['steward-confirm'] === '1',
      ...asked,
    })
    .catch((error: unknown) => {
      throw inWordsOfTheWeb(error, name)
    })
  return present(done, { ...asked, isRead: words.effect === 'read' })
}

function refuseMisspelt(listed: readonly ServiceProcedure[], name: string, role: Role | null): void {
  const known = listed.filter(({ promised }) => role !== null && isPermitted(role, wordsOf(promised).permission))
  const nearest = nearestNames(
    name,
    known.map((each) => each.name),
  )
  if (nearest.length > 0) throw entitiesErrors.PROCEDURE_UNKNOWN({ procedure: name, nearest })
}

function demandMethod({ name: procedure }: ServiceProcedure, { effect }: ProcedureWords, { method }: WebRequest): void {
  if (method === 'POST' || (effect === 'read' && (method === 'GET' || method === 'HEAD'))) return
  throw entitiesErrors.PROCEDURE_METHOD({ procedure, method, isRead: effect === 'read' })
}

/** Before a body is parsed: who may not call it learns nothing of its input. */
function demandPermission(
  { name: procedure }: ServiceProcedure,
  { permission }: ProcedureWords,
  web: WebRequest,
): void {
  if (web.role !== null && isPermitted(web.role, permission)) return
  const actor = web.actor === null ? 'Nobody in particular' : `${web.actor.type} ${web.actor.id}`
  throw engineErrors.NOT_PERMITTED({ actor, procedure, permission })
}

/** Why, and how: what the headers say beside the input. */
type Asked = { reason: string | null; isDryRun: boolean; showsChanges: boolean }

function readAsked({ settings }: Room, { name, entity, promised }: ServiceProcedure, web: WebRequest): Asked {
  const { effect } = wordsOf(promised)
  const isDryRun = asksForDryRun(web)
  // What would be forgotten here would be done for real.
  if (isDryRun && !settings.allowsTxOverride) throw entitiesErrors.DRY_RUN_REFUSED()
  const showsChanges = web.headers['steward-diff'] === '1'
  if (showsChanges && effect === 'read') throw entitiesErrors.DIFF_OF_READ()
  const reason = effect === 'read' ? null : readReason(web, settings)
  if (effect === 'read' || reason !== null || isDryRun) return { reason, isDryRun, showsChanges }
  const isDemanded = effect === 'danger' || (settings.requiresReason && roleDemandsReason(web, entity))
  if (isDemanded) throw entitiesErrors.REASON_REQUIRED({ method: web.method, entity: name })
  return { reason, isDryRun, showsChanges }
}

/** As the role has it for other writes of the entity that it is an action of, or else for all. */
function roleDemandsReason({ role, actor }: WebRequest, entity: string | null): boolean {
  if (role === null) return true
  if (entity !== null) return visible(role, entity, actor).requiresReason
  return role.requiresReason ?? actor?.type !== 'service'
}

function inWordsOfTheWeb(error: unknown, procedure: string): unknown {
  if (isStewardError(error, engineErrors.CONFIRMATION_REQUIRED.code)) {
    return entitiesErrors.CONFIRMATION_REQUIRED({ procedure }, { cause: error })
  }
  return isStewardError(error, engineErrors.CHANGES_UNREADABLE.code) ? entitiesErrors.TRAIL_MISSING() : error
}

function present(
  { output, operation, changes }: Performed,
  { isDryRun, showsChanges, isRead }: Asked & { isRead: boolean },
): WebAnswer {
  const kind = showsChanges ? 'application/vnd.steward.diff+json' : 'application/json'
  return {
    status: 200,
    headers: {
      'Content-Type': `${kind}; charset=utf-8`,
      ...(isDryRun ? { 'Preference-Applied': 'tx=rollback' } : {}),
      ...(isRead ? {} : { 'Steward-Operation': operation.id }),
    },
    body: printJson(showsChanges ? { result: output ?? null, changes: changes ?? [] } : (output ?? null)),
    rows: Array.isArray(output) ? output.length : null,
  }
}
