// What the server refuses by itself, before or instead of a room.
import { defineErrors } from '@steward/base'

/**
 * The server's own refusals; a room answers with those of its own.
 *
 * @example
 * throw serverErrors.NOT_FOUND({ method: 'GET', path: '/nothing', prefixes: ['/api'] })
 */
export const serverErrors = defineErrors('SERVER', {
  NOT_FOUND: {
    status: 404,
    message: ({ method, path }: { method: string; path: string; prefixes: readonly string[] }) =>
      `Nothing answers ${method} ${path} here.`,
    hint: ({ prefixes }: { method: string; path: string; prefixes: readonly string[] }) =>
      `What is served stands below ${prefixes.join(', ')}.`,
  },
  REQUEST_INVALID: {
    status: 400,
    message: 'The request is not HTTP that can be read.',
    hint: 'Look at what the client or a proxy before this server sends.',
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    message: 'The address and the headers of the request are too long.',
    hint: 'Send fewer cookies and shorter filters; a long list of values fits into the body of a function call.',
  },
  REQUEST_TIMEOUT: {
    status: 408,
    message: 'The request did not arrive in time.',
    hint: 'Send headers and body without pauses, and large bodies in parts.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    message: ({ limitBytes }: { limitBytes: number }) =>
      `The body is larger than ${limitBytes} bytes, as sent or unpacked.`,
    hint: 'Send it in parts.',
  },
  BODY_INVALID: {
    status: 400,
    message: ({ encoding }: { encoding: string }) => `The body cannot be unpacked as "${encoding}".`,
    hint: 'Check that Content-Encoding says how the body was packed, and that all of it was sent.',
  },
  BODY_INCOMPLETE: {
    status: 400,
    message: 'The body ended before all of it had arrived.',
    hint: 'Send the request again.',
  },
  BODY_CONSUMED: {
    status: 500,
    message: 'Somebody read the body of the request before Steward did.',
    hint: 'Mount Steward before parsers of bodies (express.json()), or keep the bytes in request.rawBody.',
  },
  ENCODING_UNKNOWN: {
    status: 415,
    message: ({ encoding }: { encoding: string }) => `The content encoding "${encoding}" is not known here.`,
    hint: 'Send the body as it is, or packed with gzip, deflate or br.',
  },
  KEY_REQUIRED: {
    status: 401,
    message: 'The request carries no key that is valid here.',
    hint: 'Send the header Authorization: Bearer <key>.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    message: ({ origin }: { origin: string }) => `Pages of "${origin}" may not ask here.`,
    hint: 'Ask from a page of this server, or allow the origin where the room is mounted.',
  },
  HOST_REFUSED: {
    status: 403,
    message: ({ host }: { host: string }) => `This server does not answer to the name "${host}".`,
    hint: 'Without a key it answers to localhost and to its own address alone, so that no web page can reach it.',
  },
  STOPPING: {
    status: 503,
    message: 'The server is stopping.',
    hint: 'Send the request again: another server, or this one after its start, will answer.',
  },
  NOT_READY: {
    status: 503,
    message: 'The server runs, and cannot serve yet or at the moment.',
    hint: 'Check that its database can be reached.',
  },
  UNEXPECTED: {
    status: 500,
    message: 'The server failed in a way that nobody foresaw.',
    hint: 'Its log has more, under the id in X-Request-Id.',
  },
  PORT_TAKEN: {
    status: 409,
    message: ({ host, port }: { host: string; port: number }) => `Port ${port} of ${host} is in use.`,
    hint: 'Stop what listens there, or choose another port; port 0 takes any that is free.',
  },
  ADDRESS_UNUSABLE: {
    status: 400,
    message: ({ host, port }: { host: string; port: number; problem: string }) =>
      `The server cannot listen on port ${port} of ${host}.`,
    details: ({ problem }: { host: string; port: number; problem: string }) => problem,
    hint: 'Give an address of this machine (127.0.0.1, or 0.0.0.0 for all), and a port above 1023.',
  },
})
