// Chooses among the overloads of a function by the names of the arguments, or refuses with the nearest that there is.
import { DialectError } from '../dialect/dialect-error.ts'
import { looseLikeness, nearestByLikeness } from './likeness.ts'
import type { CacheFunction, CacheParameter, SchemaCache } from './schema-cache.ts'

/** How a function is called. */
export type FunctionCall = {
  argumentNames: readonly string[]
  /** POST: the arguments are a body, which one parameter without a name may take whole. */
  isPost: boolean
  /** Of the body, without its parameters; null where none was said, which is JSON. */
  mediaType: string | null
}

// Which types of a lone parameter without a name take a body of which media type. Only JSON can also be named arguments.
const wholeBody: Record<string, string[]> = {
  'application/json': ['json', 'jsonb'],
  'text/plain': ['text'],
  'text/xml': ['xml'],
  'application/octet-stream': ['bytea'],
}

/**
 * The overload that takes exactly these arguments: all that it requires are given, and none that it does not know. Where
 * none does, one with a single parameter without a name takes the whole body.
 *
 * @throws PGRST202 when none fits, PGRST203 when several do.
 */
export function findFunction(cache: SchemaCache, schema: string, name: string, call: FunctionCall): CacheFunction {
  const overloads = cache.functions(schema, name)
  const named = overloads.filter(({ parameters }) => takesNames(parameters, call))
  const fitting = named.length > 0 ? named : overloads.filter(({ parameters }) => takesBody(parameters, call))
  const [chosen] = fitting
  if (!chosen) throw functionNotFound(cache, schema, name, call)
  if (fitting.length > 1) throw functionAmbiguous(fitting)
  return chosen
}

/** Tells whether the function takes the whole body as its one argument. */
export function takesWholeBody({ parameters }: CacheFunction): boolean {
  return parameters.length === 1 && parameters[0]?.name === ''
}

function takesNames(parameters: readonly CacheParameter[], call: FunctionCall): boolean {
  if (parameters.length === 0) return call.argumentNames.length === 0 && !isRaw(call)
  // A parameter without a name cannot be named, not even by an empty key.
  if (parameters.some(({ name }) => name === '')) return false
  const given = new Set(call.argumentNames)
  const known = new Set(parameters.map(({ name }) => name))
  return (
    [...given].every((name) => known.has(name)) && parameters.every((one) => !one.isRequired || given.has(one.name))
  )
}

function takesBody([first, ...more]: readonly CacheParameter[], call: FunctionCall): boolean {
  if (!call.isPost || !first || more.length > 0 || first.name !== '') return false
  return wholeBody[mediaTypeOf(call)]?.includes(first.type) ?? false
}

function mediaTypeOf({ mediaType }: FunctionCall): string {
  return mediaType ?? 'application/json'
}

// A body that is no JSON and so cannot name arguments.
function isRaw(call: FunctionCall): boolean {
  return call.isPost && ['text/plain', 'text/xml', 'application/octet-stream'].includes(mediaTypeOf(call))
}

/** PGRST202: no function of this name takes these arguments. */
export function functionNotFound(cache: SchemaCache, schema: string, name: string, call: FunctionCall): DialectError {
  const given = [...new Set(call.argumentNames)].toSorted(byCodePoint)
  const listed = given.length > 0 ? `(${given.join(', ')})` : ' without parameters'
  return new DialectError({
    status: 404,
    code: 'PGRST202',
    message: `Could not find the function ${schema}.${name}${isRaw(call) ? '' : listed} in the schema cache`,
    details: `Searched for the function ${schema}.${name}${describeSearch(given, call)}, but no matches were found in the schema cache.`,
    hint: isRaw(call) ? null : suggestFunction(cache, schema, name, given),
  })
}

function describeSearch(given: readonly string[], call: FunctionCall): string {
  if (isRaw(call)) return ` with a single unnamed ${wholeBody[mediaTypeOf(call)]?.[0]} parameter`
  const plural = given.length > 1 ? 's' : ''
  const named = given.length > 0 ? ` with parameter${plural} ${given.join(', ')}` : ' without parameters'
  const takesJson = call.isPost && mediaTypeOf(call) === 'application/json'
  return takesJson ? `${named} or with a single unnamed json/jsonb parameter` : named
}

// Another function where there is none of the name, else the overload whose parameters are most like what was given.
function suggestFunction(cache: SchemaCache, schema: string, name: string, given: readonly string[]): string | null {
  const overloads = cache.functions(schema, name)
  const lists = overloads.map(({ parameters }) => asText(parameters.map((parameter) => parameter.name)))
  const nearest =
    overloads.length > 0
      ? nearestByLikeness(asText(given), lists, looseLikeness)
      : nearestByLikeness(name, cache.functionNames(schema))
  if (nearest === null) return null
  return `Perhaps you meant to call the function ${schema}.${overloads.length > 0 ? name : ''}${nearest}`
}

function asText(names: readonly string[]): string {
  return `(${names.toSorted(byCodePoint).join(', ')})`
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** PGRST203: several overloads take these arguments. */
export function functionAmbiguous(candidates: readonly CacheFunction[]): DialectError {
  const described = candidates.map(({ schema, name, parameters }) => {
    return `${schema}.${name}(${parameters.map((one) => `${one.name} => ${one.type}`).join(', ')})`
  })
  return new DialectError({
    status: 300,
    code: 'PGRST203',
    message: `Could not choose the best candidate function between: ${described.join(', ')}`,
    hint: 'Try renaming the parameters or the function itself in the database so function overloading can be resolved',
  })
}
