// What planning refuses, in the words that clients of the dialect compare.
import type { QualifiedName } from '@steward/postgres'
import { DialectError } from '../dialect-error.ts'

/** A filter, order or limit on something that `select` does not embed. */
export function notEmbedded(name: string): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST108',
    message: `'${name}' is not an embedded resource in this request`,
    hint: `Verify that '${name}' is included in the 'select' query parameter.`,
  })
}

/** Rows cannot be ordered by a column of many related rows. */
export function orderNotToOne(origin: string, target: string): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST118',
    message: `A related order on '${target}' is not possible`,
    details: `'${origin}' and '${target}' do not form a many-to-one or one-to-one relationship`,
  })
}

/** An embed can be asked whether it is there, and nothing else. */
export function unacceptableEmbedFilter(relation: string): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST120',
    message: `Bad operator on the '${relation}' embedded resource`,
    details: 'Only is null or not is null filters are allowed on embedded resources',
  })
}

/** Aggregates are switched off. */
export function aggregatesNotAllowed(): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST123',
    message: 'Use of aggregate functions is not allowed',
  })
}

/** An aggregate would have to stand in the lists of a spread to-many embed. */
export function aggregateInList(): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST127',
    message: 'Feature not implemented',
    details: 'Aggregates are not implemented for one-to-many or many-to-many spreads.',
  })
}

/** A column that is to be written does not exist. */
export function columnNotFound(column: string, table: QualifiedName): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST204',
    message: `Could not find the '${column}' column of '${table.name}' in the schema cache`,
  })
}

/** PUT without exactly the primary key in its filters. */
export function putFiltersRefused(): DialectError {
  return new DialectError({
    status: 405,
    code: 'PGRST105',
    message: "Filters must include all and only primary key columns with 'eq' operators",
  })
}

/** PUT with a window. */
export function putRangeRefused(): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST114',
    message: 'limit/offset querystring parameters are not allowed for PUT',
  })
}

/** PUT whose row has another key than its filters: known when the statement wrote no row, or more than one. */
export function putKeyMismatch(): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST115',
    message: 'Payload values do not match URL in primary key column(s)',
  })
}

/** `max-affected` on a function whose rows cannot be counted. */
export function maxAffectedNeedsSet(): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST128',
    message: 'Function must return SETOF or TABLE when max-affected preference is used with handling=strict',
  })
}

/** A cast to something that is no name of a type; in the words of PostgreSQL, which would not find it either. */
export function unknownType(name: string): DialectError {
  return new DialectError({ status: 400, code: '42704', message: `type "${name}" does not exist` })
}
