// Files that were built, as a room on the web: assets that never change, and one document for every other address.
import { randomBytes } from 'node:crypto'
import type { WebAnswer, WebRequest, WebRoom } from '@steward/engine'
import { requestErrors } from './contract-room/errors.ts'
import { serverErrors } from './errors.ts'
import { expectedOr, refusal } from './send-answer.ts'
import { type Encoding, readStaticFiles, type StaticFile, type StaticFiles } from './static-room/static-files.ts'

/**
 * Which files are served, and where.
 *
 * @example
 * const options: StaticRoomOptions = { folder: async () => '/srv/steward/web', base: '/steward/' }
 */
export type StaticRoomOptions = {
  /**
   * Where they lie: `index.html`, `assets/` with names that change with their contents, and others. Asked for each document, so
   * that another build shows when a page is loaded anew.
   */
  folder: () => Promise<string>
  /** The path of the document's addresses: `/` unless given. */
  base?: string
  /** Told of errors that nobody expected. The console unless given. */
  onError?: (error: unknown) => void
}

type Build = { folder: string; files: Promise<StaticFiles> }

/** Pages that are open go on asking for what belongs to the document that they were loaded with. */
const keptBuilds = 4

/** What stands in the document where each answer has a nonce of its own, and where the base is. */
const noncePlace = '__STEWARD_NONCE__'
const basePlace = '__STEWARD_BASE__'

/**
 * Opens a room that hands out files. What is no file is answered with the document, whose scripts read the address. Files are read
 * once, when they are first asked for: no address leads to another file.
 *
 * @example
 * const mounted = { prefix: '/', room: openStaticRoom({ folder: async () => '/srv/steward/web' }), isPublic: true }
 */
export function openStaticRoom({ folder, base = '/', onError = console.error }: StaticRoomOptions): WebRoom {
  /** The newest first. */
  let builds: readonly Build[] = []

  return {
    answer: async (request) => {
      try {
        return await answerFile(request)
      } catch (error) {
        const refused = expectedOr(error, serverErrors.UNEXPECTED({}, { cause: error }))
        if (refused !== error) onError(error)
        return refusal(refused)
      }
    },
    close: async () => undefined,
  }

  async function answerFile(request: WebRequest): Promise<WebAnswer> {
    const { method, path } = request
    if (method !== 'GET' && method !== 'HEAD') {
      const allowed = 'GET, HEAD'
      const refused = refusal(requestErrors.METHOD_NOT_ALLOWED({ method, path, allowed }))
      return { ...refused, headers: { ...refused.headers, Allow: allowed } }
    }
    const isAsset = path.startsWith('/assets/')
    const files = isAsset && builds.length > 0 ? await filesWith(nameOf(path)) : await filesNow()
    const file = files.get(nameOf(path))
    if (file !== undefined) return sendFile(file, isAsset, request)
    if (isAsset) throw serverErrors.NOT_FOUND({ method, path, prefixes: ['/'] })
    const document = files.get('index.html')
    if (document === undefined) throw serverErrors.NOT_FOUND({ method, path, prefixes: ['/assets'] })
    return sendDocument(document, base)
  }

  /** An asset belongs to the build whose document asked for it, which need not be the last one. */
  async function filesWith(name: string): Promise<StaticFiles> {
    const all = await Promise.all(builds.map((build) => build.files))
    return all.find((files) => files.has(name)) ?? new Map()
  }

  async function filesNow(): Promise<StaticFiles> {
    const now = await folder()
    const known = builds.find((build) => build.folder === now)
    if (known !== undefined) return known.files
    const build: Build = { folder: now, files: readStaticFiles(now) }
    builds = [build, ...builds].slice(0, keptBuilds)
    build.files.catch(() => {
      builds = builds.filter((each) => each !== build)
    })
    return build.files
  }
}

/** The document itself has no name of its own: it would be sent without its nonce. */
function nameOf(path: string): string {
  try {
    const name = decodeURIComponent(path).slice(1)
    return name === 'index.html' ? '' : name
  } catch {
    return ''
  }
}

async function sendFile(file: StaticFile, isAsset: boolean, { headers }: WebRequest): Promise<WebAnswer> {
  const encoding = encodingOf(headers['accept-encoding'] ?? '')
  const { bytes, etag, isEncoded } = await file.as(encoding)
  const said = {
    'Content-Type': file.type,
    'Cache-Control': isAsset ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
    ...(file.isCompressible ? { Vary: 'Accept-Encoding' } : {}),
  }
  if (isSame(headers['if-none-match'], etag)) return { status: 304, headers: said, body: null }
  return {
    status: 200,
    headers: { ...said, ...(isEncoded && encoding !== null ? { 'Content-Encoding': encoding } : {}) },
    body: null,
    bytes,
  }
}

/** Never kept: a nonce that somebody has seen before protects nobody. */
function sendDocument(document: StaticFile, base: string): WebAnswer {
  const nonce = randomBytes(16).toString('base64')
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policyWith(nonce),
      'Cross-Origin-Opener-Policy': 'same-origin',
    },
    body: document
      .text()
      .replaceAll(noncePlace, nonce)
      // As it is: in a text, `$&` would stand for what is replaced.
      .replaceAll(basePlace, () => escapeAttribute(base)),
  }
}

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}

/** The better one of those that the client takes; `q=0` means that it does not. */
function encodingOf(accepted: string): Encoding | null {
  const taken = new Set(
    accepted
      .toLowerCase()
      .split(',')
      .map((each) => each.trim())
      .filter((each) => !/;\s*q=0(\.0*)?$/.test(each))
      .map((each) => each.split(';')[0]?.trim()),
  )
  if (taken.has('br')) return 'br'
  return taken.has('gzip') ? 'gzip' : null
}

function isSame(asked: string | undefined, etag: string): boolean {
  return asked?.split(',').some((each) => each.trim().replace(/^W\//, '') === etag) ?? false
}
