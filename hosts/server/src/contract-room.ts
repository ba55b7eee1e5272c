// Serves the procedures of a capability on the web, by their contract: each has its route, and all walk the one corridor.
import { isStewardError, printJson, StewardError } from '@steward/base'
import { wordsOf } from '@steward/contract'
import {
  adminRole,
  type Capability,
  type Engine,
  engineErrors,
  isPermitted,
  type Performed,
  type PerformRequest,
  perform,
  type Role,
  type Source,
  type WebAnswer,
  type WebRequest,
  type WebRoom,
} from '@steward/engine'
import { requestErrors } from './contract-room/errors.ts'
import { readInput, rollsBack } from './contract-room/read-input.ts'
import { type FoundRoute, findRoutes, routesOf } from './contract-room/routes.ts'
import { serverErrors } from './errors.ts'
import { refusal } from './send-answer.ts'

/**
 * Whose procedures are served, and who performs them.
 *
 * @example
 * const options: ContractRoomOptions = { capability: trail, engine }
 */
export type ContractRoomOptions = {
  capability: Capability
  /** The door that operations are said to come through where the request names none: `admin-api` unless given. */
  source?: Source
  /** Told of errors that nobody expected, and of a database that cannot be reached: clients hear only that there was one. The console unless given. */
  onError?: (error: unknown) => void
} & ({ engine: Engine } | { perform: (request: PerformRequest) => Promise<Performed> })

/**
 * Opens a room that answers with the procedures of a capability. Values go out as PostgreSQL wrote them, to the last
 * digit. Nobody gets in without a role, nor past its permissions.
 *
 * @throws Error where the contract has two procedures at one address, or one that writes behind a GET.
 * @example
 * const server = await openServer({ rooms: [{ prefix: '/api/trail', room: openContractRoom({ capability: trail, engine }) }] })
 */
export function openContractRoom(options: ContractRoomOptions): WebRoom {
  const routes = routesOf(options.capability)
  const carry = 'engine' in options ? (request: PerformRequest) => perform(options.engine, request) : options.perform
  const { source = 'admin-api', onError = (error: unknown) => console.error(error) } = options

  return {
    answer: async (web) => {
      try {
        const role = demandRole(web)
        const found = findRoutes(routes, web.path)
        return await answerRoute(web, role, found)
      } catch (error) {
        const refused = !isStewardError(error)
          ? serverErrors.UNEXPECTED({}, { cause: error })
          : isUnreachable(error)
            ? serverErrors.NOT_READY({}, { cause: error })
            : error
        if (refused !== error) onError(error)
        return refuse(onTheWeb(refused, web.role))
      }
    },
    close: async () => undefined,
  }

  async function answerRoute(web: WebRequest, role: Role, found: readonly FoundRoute[]): Promise<WebAnswer> {
    const allowed = methodsOf(found).join(', ')
    if (web.method === 'OPTIONS') return { status: 204, headers: { Allow: allowed }, body: null }
    const asked = found.find(({ route }) => route.method === (web.method === 'HEAD' ? 'GET' : web.method))
    if (asked === undefined) {
      const error = requestErrors.METHOD_NOT_ALLOWED({ method: web.method, path: web.path, allowed })
      const answer = refuse(error)
      return { ...answer, headers: { ...answer.headers, Allow: allowed } }
    }
    return performRoute(web, role, asked)
  }

  async function performRoute(web: WebRequest, role: Role, asked: FoundRoute): Promise<WebAnswer> {
    const { route } = asked
    const { permission, effect } = wordsOf(route.kept.promised)
    const actor = web.actor ?? { type: 'service' as const, id: web.key ?? 'unknown' }
    // Before anything of the request is looked at: what it gets wrong is nobody's who may not ask.
    if (!isPermitted(role, permission)) {
      throw engineErrors.NOT_PERMITTED({ actor: `${actor.type} ${actor.id}`, procedure: route.procedure, permission })
    }
    const { input, reason, isDryRun, isConfirmed } = readInput(web, asked)
    const isDry = effect !== 'read' && isDryRun
    const { output } = await carry({
      procedure: route.procedure,
      input,
      actor,
      role,
      source: web.source ?? source,
      reason,
      isDryRun: isDry,
      isConfirmed: isConfirmed || (route.isConfirmedByReason && reason !== null),
      requestId: web.requestId,
    })
    return {
      status: 200,
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'no-store',
        ...(isDry && rollsBack(web.headers) ? { 'Preference-Applied': 'tx=rollback' } : {}),
      },
      body: printJson(output),
      rows: Array.isArray(output) ? output.length : null,
    }
  }
}

/** A room without a role would hand everything to everybody: a role of null is the terminal's. */
function demandRole({ role, actor }: WebRequest): Role {
  if (role !== null) return role
  throw actor === null ? serverErrors.KEY_REQUIRED() : requestErrors.ROLE_MISSING()
}

function methodsOf(found: readonly FoundRoute[]): string[] {
  const methods = found.map(({ route }) => route.method)
  return [...(methods.includes('GET') ? ['GET', 'HEAD'] : []), ...(methods.includes('POST') ? ['POST'] : []), 'OPTIONS']
}

function refuse(error: StewardError): WebAnswer {
  const answer = refusal(error)
  return { ...answer, headers: { ...answer.headers, 'Cache-Control': 'no-store' }, rows: null }
}

type Said = { status?: number; hint: string }

/** What the corridor says to somebody at a terminal, for somebody at the other end of a request. */
const saidOnTheWeb: Readonly<Record<string, Said>> = {
  ENGINE_INPUT_INVALID: { hint: 'What it takes stands in /api/openapi.json.' },
  ENGINE_REASON_REQUIRED: {
    status: 428,
    hint: 'Say why, for those who will read the trail: "reason" in the body, or the header Steward-Reason, percent-encoded.',
  },
  ENGINE_CONFIRMATION_REQUIRED: {
    hint: 'Look at it as a dry run first ("dryRun": true in the body), then send it with Steward-Confirm: 1.',
  },
}

function onTheWeb(error: StewardError, role: Role | null): StewardError {
  const { code, message, status } = error
  const said = Object.hasOwn(saidOnTheWeb, code) ? saidOnTheWeb[code] : undefined
  const details = code.startsWith('POSTGRES_') ? detailFor(role, error) : error.details
  return new StewardError({ code, message, details, status, hint: error.hint, ...said, cause: error })
}

/** It shows values of rows, and which of them a role may see is not known here. The statement is nobody's business. */
function detailFor(role: Role | null, { cause }: StewardError): string | null {
  const { detail } = (cause ?? {}) as { detail?: unknown }
  return role?.name === adminRole.name && typeof detail === 'string' ? detail : null
}

const unreachable = new Set(['POSTGRES_NOT_AUTHENTICATED', 'POSTGRES_UNDEFINED_DATABASE'])

/** Where the database stands, and who may not log in there, is for our own log. */
function isUnreachable({ code, status }: StewardError): boolean {
  return unreachable.has(code) || (code.startsWith('POSTGRES_') && status === 503)
}
