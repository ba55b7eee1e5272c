// The errors of Steward's own in the Admin API; what the dialect refuses in its own words stands with its stages.
import { defineErrors } from '@steward/base'

/**
 * Every error of the entities that is not PostgREST's, by name; their codes read `ENTITIES_…`.
 *
 * @example
 * throw entitiesErrors.REASON_REQUIRED({ method: 'PATCH', entity: 'orders' })
 */
export const entitiesErrors = defineErrors('ENTITIES', {
  UNEXPECTED: {
    status: 500,
    message: 'Something went wrong that should not have.',
    hint: "The server's log has more, under the X-Request-Id of this answer.",
  },
  REASON_REQUIRED: {
    status: 428,
    message: ({ method, entity }: { method: string; entity: string }) => `${method} on "${entity}" needs a reason.`,
    details: 'It is kept with the change, for those who read the trail later.',
    hint: 'Send it percent-encoded in the header Steward-Reason, as: Steward-Reason: TICKET-42%3A%20refunded%20twice',
  },
  REASON_ENCODING: {
    status: 400,
    message: 'The header Steward-Reason is not percent-encoded UTF-8.',
    details: ({ reason }: { reason: string }) => `It reads: ${reason}`,
    hint: 'Encode it as encodeURIComponent does: TICKET-42%3A%20refunded%20twice',
  },
  UNFILTERED_WRITE: {
    status: 400,
    message: ({ method, entity }: { method: string; entity: string }) =>
      `${method} on "${entity}" without a filter would reach every row.`,
    hint: 'Filter the rows (?id=eq.7), or say how many may be meant: Prefer: handling=strict, max-affected=100',
  },
  TRAIL_MISSING: {
    status: 409,
    message: 'Changes can only be shown where the trail records them, and it is not installed in this database.',
    hint: 'Install it with: steward trail install. Or leave out the header Steward-Diff.',
  },
  NOT_TRACKED: {
    status: 409,
    message: ({ entity }: { entity: string }) => `Changes of "${entity}" cannot be shown: it is not tracked.`,
    hint: ({ entity }: { entity: string }) =>
      `Track it with: steward trail track ${entity}. Or leave out the header Steward-Diff.`,
  },
  DIFF_OF_READ: {
    status: 400,
    message: 'Only a write has changes to show.',
    hint: 'Leave out the header Steward-Diff, or write with POST, PATCH, PUT or DELETE.',
  },
  EVENTS_METHOD: {
    status: 405,
    message: ({ method }: { method: string }) => `Live events are read with GET, and not with ${method}.`,
    hint: 'Listen with: curl -N <address>/events. In a browser: new EventSource(…).',
  },
  EVENTS_FULL: {
    status: 503,
    message: ({ most }: { most: number }) => `${most} clients listen to live events already.`,
    hint: 'Listen once for all that a program shows, close what nobody reads, and try again later.',
  },
  PROCEDURE_UNKNOWN: {
    status: 404,
    message: ({ procedure }: { procedure: string; nearest: readonly string[] }) =>
      `The service has no procedure called "${procedure}".`,
    hint: ({ nearest }: { procedure: string; nearest: readonly string[] }) =>
      `Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`,
  },
  PROCEDURE_METHOD: {
    status: 405,
    message: ({ procedure, method }: { procedure: string; method: string; isRead: boolean }) =>
      `"${procedure}" is not called with ${method}.`,
    hint: ({ isRead }: { procedure: string; method: string; isRead: boolean }) =>
      isRead ? 'Call it with GET, or with POST and a JSON body.' : 'Call it with POST and a JSON body.',
  },
  PROCEDURE_BODY: {
    status: 400,
    message: ({ problem }: { problem: string }) => `The body cannot be the input of a procedure: ${problem}.`,
    hint: 'Send one JSON object with the fields of its input, as application/json.',
  },
  DRY_RUN_REFUSED: {
    status: 400,
    message: 'Dry runs are switched off here, and what was asked for would be done for real.',
    hint: 'Leave out Prefer: tx=rollback, or serve without --tx refuse.',
  },
  DRY_RUN_OF_PART: {
    status: 400,
    message: 'A changeset is done as a whole or not at all: no part of it can be a dry run.',
    hint: 'Make all of it one, with "dryRun": true, or leave out Prefer: tx=rollback.',
  },
  CONFIRMATION_REQUIRED: {
    status: 409,
    message: ({ procedure }: { procedure: string }) => `"${procedure}" is not performed without a confirmation.`,
    hint: 'Look at it as a dry run first (Prefer: tx=rollback, with Steward-Diff: 1), then send Steward-Confirm: 1.',
  },
  ENTITY_UNKNOWN: {
    status: 404,
    message: ({ entity }: { entity: string; nearest: readonly string[] }) =>
      `There is no entity "${entity}" to be read.`,
    hint: ({ nearest }: { entity: string; nearest: readonly string[] }) =>
      nearest.length > 0 ? `Perhaps you meant: ${nearest.join(', ')}.` : 'List them with: GET /meta',
  },
  SEARCH_TOO_SHORT: {
    status: 400,
    message: 'There is too little to search for.',
    details: 'One character is found in nearly every record.',
    hint: 'Give two characters or more: /search?q=R-1042',
  },
  SEARCH_MALFORMED: {
    status: 400,
    message: ({ problem }: { problem: string }) => `This search cannot be understood: ${problem}.`,
    hint: 'Search as: /search?q=R-1042&limit=20',
  },
  SIGN_IN_REQUIRED: {
    status: 401,
    message: 'Nobody knows who asks.',
    hint: 'Send a key: Authorization: Bearer <key>. Make one with: steward access key create',
  },
  ROLE_REQUIRED: {
    status: 403,
    message: ({ actor }: { actor: string }) => `${actor} has no role, and may do nothing here.`,
    hint: 'Roles are given by an admin, and defined in steward.config.ts.',
  },
  NOT_VISIBLE: {
    status: 403,
    message: ({ entity }: { entity: string; role: string }) => `"${entity}" is not shown to you.`,
    details: ({ role }: { entity: string; role: string }) => `Your role is "${role}".`,
    hint: 'What a role may read stands in steward.config.ts under roles. A view of which it is not known what it shows also needs isTrusted there.',
  },
  WRITE_NOT_ALLOWED: {
    status: 403,
    message: ({ entity, kind }: { entity: string; kind: string; role: string }) => `You may not ${kind} "${entity}".`,
    details: ({ role }: { entity: string; kind: string; role: string }) => `Your role is "${role}".`,
    hint: 'What a role may write stands in steward.config.ts under roles.',
  },
  WRITE_UNSEEN: {
    status: 403,
    message: ({ entity }: { entity: string }) => `"${entity}" may be written by you, but not read.`,
    details: 'What is written of it cannot be sent back, and rows of it are told apart by their key alone.',
    hint: 'Send Prefer: return=minimal, and filter by the primary key with eq or in.',
  },
  MASKED_COLUMN: {
    status: 400,
    message: ({ column, entity, use }: { column: string; entity: string; use: string }) =>
      `"${column}" of "${entity}" is masked for you, and cannot be ${use}.`,
    details: 'It is shown in masked form, and nothing may be found out about it in another way.',
    hint: 'Leave it out. What is masked for a role stands in steward.config.ts under roles.',
  },
  OUTSIDE_ROWS: {
    status: 403,
    message: ({ entity }: { entity: string }) => `That would reach rows of "${entity}" that are not yours to write.`,
    details: 'Nothing was written.',
    hint: 'A written row must fit the row filter of your role before and after it, and so must the row of the same key.',
  },
  FUNCTION_NOT_ALLOWED: {
    status: 403,
    message: ({ name }: { name: string; role: string }) => `You may not call the function "${name}".`,
    details: ({ role }: { name: string; role: string }) => `Your role is "${role}".`,
    hint: 'Functions are denied unless the role names them: functions in steward.config.ts under roles.',
  },
  PLAN_NOT_ALLOWED: {
    status: 403,
    message: 'Plans are not shown to a role from which something is held back.',
    details: 'They tell how rows and columns are filtered, and how many there are of those that are not shown.',
    hint: 'Ask somebody who may read everything.',
  },
  ROUTE_UNKNOWN: {
    status: 404,
    message: ({ path }: { path: string }) => `There is nothing at ${path}.`,
    hint: 'Entities are at /<entity>, functions at /rpc/<name>; GET / describes all of them.',
  },
  ROUTE_METHOD: {
    status: 405,
    message: ({ method, path }: { method: string; path: string; allowed: readonly string[] }) =>
      `${path} does not answer ${method}.`,
    hint: ({ allowed }: { method: string; path: string; allowed: readonly string[] }) =>
      `It answers ${allowed.join(', ')}.`,
  },
  BODY_INVALID: {
    status: 400,
    message: 'The body is not what this route takes.',
    details: ({ problems }: { problems: readonly string[] }) => problems.join('; '),
    hint: 'Send one JSON object with these fields, as application/json.',
  },
  LONG_QUERY_INVALID: {
    status: 400,
    message: 'The body of a long query is a query string.',
    hint: 'Send what would stand behind the question mark (id=in.(1,2,3)&select=id) as text/plain or application/x-www-form-urlencoded.',
  },
  EMBED_TOO_DEEP: {
    status: 400,
    message: ({ most }: { most: number }) => `Related rows are embedded more than ${most} levels deep.`,
    hint: 'Ask for the inner ones with a request of their own.',
  },
  TOO_MANY_FILTERS: {
    status: 400,
    message: ({ count, most }: { count: number; most: number }) =>
      `${count} comparisons are more than the ${most} that are allowed.`,
    hint: 'Compare one column with many values at once: id=in.(1,2,3).',
  },
  TOO_MANY_AFFECTED: {
    status: 400,
    message: ({ affected, most }: { affected: number; most: number; isAbsolute: boolean }) =>
      `${affected} rows would be written, and ${most} are allowed: nothing was.`,
    hint: ({ affected, isAbsolute }: { affected: number; most: number; isAbsolute: boolean }) =>
      isAbsolute
        ? 'Your role allows no more at once: write fewer at a time.'
        : `If so many are meant, say so: Prefer: handling=strict, max-affected=${affected}`,
  },
  IF_MATCH_INVALID: {
    status: 400,
    message: 'The header If-Match is not a list of entity tags.',
    hint: 'Send the ETag of the answer that the record was read with, with its quotes: If-Match: "x1234"',
  },
  VERSION_UNKNOWN: {
    status: 400,
    message: ({ entity }: { entity: string }) =>
      `Records of "${entity}" have no version that If-Match could hold on to.`,
    hint: 'Write the table behind it, or show its column "version" in the view.',
  },
  MATCH_WITHOUT_KEY: {
    status: 400,
    message: 'If-Match needs one record, named by its whole primary key.',
    hint: 'Change or remove it with eq filters on every column of the key: PATCH /orders?id=eq.7',
  },
  CHANGED_SINCE: {
    status: 412,
    message: ({ entity }: { entity: string }) =>
      `The record of "${entity}" has been changed or removed since it was read: nothing was written.`,
    hint: 'Read it again, and write with the ETag of that answer.',
  },
  SESSION_REASON_INVALID: {
    status: 400,
    message: 'The header Steward-Session-Reason holds no reason that was given to you.',
    hint: 'Get one with: POST /session-reason { "reason": "TICKET-42", "minutes": 15 }',
  },
  SESSION_REASON_OVER: {
    status: 428,
    message: ({ expiresAt }: { expiresAt: Date }) =>
      `The reason of this session held until ${expiresAt.toISOString()}.`,
    hint: 'Get a new one with: POST /session-reason { "reason": "TICKET-42", "minutes": 15 }',
  },
  SESSION_REASON_MISSING: {
    status: 404,
    message: 'This request carries no reason of a session.',
    hint: 'Send the token of POST /session-reason in the header Steward-Session-Reason.',
  },
  CHANGESET_TOO_LONG: {
    status: 400,
    message: ({ count, most }: { count: number; most: number }) =>
      `A changeset holds at most ${most} requests, and this one ${count}.`,
    hint: 'Send several changesets, or many rows with one request.',
  },
  CHANGESET_ANSWER_TOO_LARGE: {
    status: 400,
    message: ({ most }: { most: number }) => `The answers of this changeset have more than ${most} characters.`,
    hint: 'Nothing was kept. Read less in one changeset: limit the rows, select fewer columns, or leave out return=representation.',
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    message: 'The header Idempotency-Key is not a key: 1 to 200 visible ASCII characters.',
    hint: 'Send a new random one for each write, for example a UUID, and the same again when you repeat that write.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    message: ({ key }: { key: string }) => `The idempotency key ${key} was sent with another request before.`,
    hint: 'A key belongs to one write: send a new one for another.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    message: ({ key }: { key: string }) => `The write with the idempotency key ${key} is just being done.`,
    hint: 'Send it again in a moment: then you get its answer.',
  },
  IDEMPOTENCY_DONE_BEFORE: {
    status: 409,
    message: ({ operation }: { operation: string }) =>
      `This write was done before, as operation ${operation}; its answer was not kept.`,
    hint: 'Nothing was done now. See what it did: steward trail operation <id>',
  },
  IDEMPOTENCY_UNKNOWN: {
    status: 409,
    message: ({ key }: { key: string }) =>
      `Whether the write with the idempotency key ${key} was done before is not known: whoever did it stopped before its end.`,
    hint: 'Look at the record, then send what is left with a new key. With the trail installed Steward could tell: steward trail install',
  },
  IDEMPOTENCY_NOT_KEPT: {
    status: 400,
    message: 'Idempotency keys are not kept here.',
    hint: 'Send the write without Idempotency-Key, and not twice.',
  },
  VIEW_NOT_FOUND: {
    status: 404,
    message: ({ id }: { id: string }) => `There is no saved view ${id}.`,
    hint: 'List them with: steward entities view list <entity>',
  },
  VIEW_NOT_YOURS: {
    status: 403,
    message: ({ name }: { name: string }) => `The saved view "${name}" is somebody else's.`,
    hint: 'Save it under a name of your own.',
  },
  VIEW_NAME_TAKEN: {
    status: 409,
    message: ({ entity, name }: { entity: string; name: string }) =>
      `You have a view of ${entity} called "${name}" already.`,
    hint: 'Choose another name, or change that view.',
  },
  NO_CALL_LOG: {
    status: 404,
    message: 'There is no log of calls here.',
    hint: 'Where there is one, it is at GET /calls, and on the command line: steward entities calls',
  },
})
