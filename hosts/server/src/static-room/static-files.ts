// The files of a folder in memory, each compressed when a client that takes it so first asks.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

/** How an answer may be compressed. */
export type Encoding = 'br' | 'gzip'

/** A file's bytes in one encoding. */
export type Encoded = { bytes: Uint8Array; etag: string; isEncoded: boolean }

/** A file as it is sent. */
export type StaticFile = {
  type: string
  isCompressible: boolean
  as: (encoding: Encoding | null) => Promise<Encoded>
  text: () => string
}

/** By path below the folder, with `/` between the parts. */
export type StaticFiles = ReadonlyMap<string, StaticFile>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Below this many bytes the headers cost more than is won. */
const leastCompressed = 1024

const encoders: Readonly<Record<Encoding, (bytes: Uint8Array) => Promise<Uint8Array>>> = {
  // The best that a first visitor does not have to wait for.
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
}

/**
 * Reads all files of a folder. What is no plain file, such as a link that leads out of it, is left out.
 *
 * @throws what the file system says
 */
export async function readStaticFiles(folder: string): Promise<StaticFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }): Promise<[string, StaticFile]> => {
        const path = join(parentPath, name)
        return [relative(folder, path).split(sep).join('/'), fileOf(await readFile(path), extname(name))]
      }),
    ),
  )
}

function fileOf(bytes: Buffer, ending: string): StaticFile {
  const type = types[ending] ?? 'application/octet-stream'
  const isCompressible = bytes.byteLength >= leastCompressed && /^text|json|svg/.test(type)
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22)
  const plain: Encoded = { bytes, etag: `"${digest}"`, isEncoded: false }
  const encoded = new Map<Encoding, Promise<Encoded>>()

  return {
    type,
    isCompressible,
    text: () => bytes.toString('utf8'),
    as: async (encoding) => {
      if (encoding === null || !isCompressible) return plain
      const known = encoded.get(encoding)
      if (known !== undefined) return known
      const made = encoders[encoding](bytes).then((shorter) => ({
        bytes: shorter,
        // Each form has a tag of its own: caches would mix them up.
        etag: `"${digest}-${encoding}"`,
        isEncoded: true,
      }))
      encoded.set(encoding, made)
      return made
    },
  }
}
