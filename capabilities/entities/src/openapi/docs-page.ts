// The page at `/docs`: Swagger UI from this server alone, under a policy that runs nothing from anywhere else.
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A file of the page. */
export type DocsFile = { type: string; text: string }

// Of `@fastify/swagger-ui`, which carries Swagger UI's files without its install script.
const shipped: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'logo.svg': 'image/svg+xml',
}

const start = `// Draws the page once everything is there.
const here = document.currentScript.src
addEventListener('DOMContentLoaded', () => {
  SwaggerUIBundle({
    url: new URL('../openapi.json', here).href,
    dom_id: '#page',
    deepLinking: true,
    docExpansion: 'none',
    defaultModelsExpandDepth: 0,
    validatorUrl: null,
    filter: true,
    persistAuthorization: false,
  })
})
`

const style = `body { margin: 0; background: #fafafa }
.swagger-ui .topbar { display: none }
`

const made: Readonly<Record<string, DocsFile>> = {
  'start.js': { type: 'text/javascript; charset=utf-8', text: start },
  'page.css': { type: 'text/css; charset=utf-8', text: style },
}

/**
 * What the page may do in a browser: run and draw what this server sends, and ask this server.
 */
export const docsPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The page itself; `folder` is where its files are, as seen from its address. */
export function docsPage(folder: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Admin API</title>
<link rel="icon" href="${folder}logo.svg">
<link rel="stylesheet" href="${folder}swagger-ui.css">
<link rel="stylesheet" href="${folder}page.css">
<div id="page"></div>
<script src="${folder}swagger-ui-bundle.js"></script>
<script src="${folder}start.js"></script>
</html>
`
}

const require = createRequire(import.meta.url)
const read = new Map<string, Promise<string>>()

/**
 * A file of the page by its name, or null.
 *
 * @example
 * (await docsFile('start.js'))?.type // 'text/javascript; charset=utf-8'
 */
export async function docsFile(name: string): Promise<DocsFile | null> {
  if (Object.hasOwn(made, name)) return made[name] ?? null
  if (!Object.hasOwn(shipped, name)) return null
  const text = read.get(name) ?? readShipped(name)
  read.set(name, text)
  return { type: shipped[name] as string, text: await text }
}

function readShipped(name: string): Promise<string> {
  const home = dirname(require.resolve('@fastify/swagger-ui/package.json'))
  return readFile(join(home, 'static', name), 'utf8')
}
