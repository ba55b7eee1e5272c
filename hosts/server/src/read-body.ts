// The bytes of a body: bounded while they arrive, bounded again while they are unpacked.
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib'
import { serverErrors } from './errors.ts'
import type { Limits } from './server-options.ts'

type BodyLimits = Pick<Limits, 'bodyBytes' | 'bodyTimeoutMs'>
/** What middleware before us may have left: Nest and body-parser keep the bytes as `rawBody` when they are asked to. */
type ReadBefore = { rawBody?: unknown; body?: unknown }

/**
 * Reads and unpacks the body; null where there is none.
 *
 * @throws SERVER_BODY_TOO_LARGE, SERVER_REQUEST_TIMEOUT, SERVER_BODY_INCOMPLETE, SERVER_BODY_CONSUMED,
 * SERVER_ENCODING_UNKNOWN, SERVER_BODY_INVALID
 * @example
 * const body = await readBody(request, limitsOf())
 */
export async function readBody(incoming: IncomingMessage, limits: BodyLimits): Promise<Uint8Array | null> {
  const { 'content-encoding': encoding, 'content-length': length, 'transfer-encoding': transfer } = incoming.headers
  if (transfer === undefined && (length === undefined || length === '0')) return null
  if (Number(length) > limits.bodyBytes) throw serverErrors.BODY_TOO_LARGE({ limitBytes: limits.bodyBytes })
  // Before the first byte: an unknown encoding needs no upload to be refused.
  const steps = stepsOf(encoding)
  const before = readBefore(incoming)
  if (before !== null && before.byteLength > limits.bodyBytes) {
    throw serverErrors.BODY_TOO_LARGE({ limitBytes: limits.bodyBytes })
  }
  // Who kept the bytes unpacked them, too.
  const body = before ?? (await unpack(await receive(incoming, limits), steps, limits.bodyBytes))
  return body.byteLength === 0 ? null : body
}

function readBefore(incoming: IncomingMessage & ReadBefore): Uint8Array | null {
  if (incoming.rawBody instanceof Uint8Array) return incoming.rawBody
  if (!incoming.readableEnded && !incoming.readableDidRead) return null
  if (incoming.body instanceof Uint8Array) return incoming.body
  if (typeof incoming.body === 'string') return Buffer.from(incoming.body)
  // Printing a parsed body again would change its numbers and drop its repeated keys.
  throw serverErrors.BODY_CONSUMED()
}

function receive(incoming: IncomingMessage, { bodyBytes, bodyTimeoutMs }: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let received = 0
    const timer = setTimeout(() => end(serverErrors.REQUEST_TIMEOUT()), bodyTimeoutMs)
    const end = (error?: Error) => {
      clearTimeout(timer)
      incoming.off('data', take).off('end', whole).off('close', broken).off('error', broken)
      // Without a listener a later error of the stream would end the process.
      incoming.on('error', () => undefined)
      if (error === undefined) resolve(Buffer.concat(chunks, received))
      else reject(error)
    }
    const take = (chunk: Buffer) => {
      received += chunk.length
      if (received > bodyBytes) end(serverErrors.BODY_TOO_LARGE({ limitBytes: bodyBytes }))
      else chunks.push(chunk)
    }
    const whole = () => end()
    const broken = () => end(serverErrors.BODY_INCOMPLETE())
    incoming.on('data', take).on('end', whole).on('close', broken).on('error', broken)
  })
}

type Unpack = (bytes: Uint8Array, limits: { maxOutputLength: number }) => Promise<Uint8Array>
type Step = { encoding: string; unpack: Unpack }

const gunzipped: Unpack = promisify(gunzip)
const inflated: Unpack = promisify(inflate)
const inflatedRaw: Unpack = promisify(inflateRaw)
const unpackers: Record<string, Unpack> = {
  gzip: gunzipped,
  'x-gzip': gunzipped,
  br: promisify(brotliDecompress),
  // By the standard deflate has zlib's frame; some clients send it without.
  deflate: (bytes, limits) => (((bytes[0] ?? 0) & 0x0f) === 8 ? inflated(bytes, limits) : inflatedRaw(bytes, limits)),
}
const mostEncodings = 3

function stepsOf(header: string | undefined): Step[] {
  const encodings = (header ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '' && each !== 'identity')
  if (encodings.length > mostEncodings) throw serverErrors.ENCODING_UNKNOWN({ encoding: header ?? '' })
  // What was applied last is undone first.
  return encodings.toReversed().map((encoding) => {
    const unpack = Object.hasOwn(unpackers, encoding) ? unpackers[encoding] : undefined
    if (unpack === undefined) throw serverErrors.ENCODING_UNKNOWN({ encoding })
    return { encoding, unpack }
  })
}

/** Stops at the limit, however much more the packed bytes would grow to. */
async function unpack(bytes: Uint8Array, steps: Step[], limitBytes: number): Promise<Uint8Array> {
  let unpacked = bytes
  for (const step of bytes.byteLength === 0 ? [] : steps) {
    try {
      unpacked = await step.unpack(unpacked, { maxOutputLength: limitBytes })
    } catch (cause) {
      const isTooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      throw isTooLarge
        ? serverErrors.BODY_TOO_LARGE({ limitBytes }, { cause })
        : serverErrors.BODY_INVALID({ encoding: step.encoding }, { cause })
    }
  }
  return unpacked
}
