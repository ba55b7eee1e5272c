// A request as it goes over the wire.

/** What is asked for; `body` is JSON. */
export type Asked = { method?: string; target: string; headers?: Record<string, string>; body?: unknown }

/** The text of a request to this machine, over a connection that stays open. */
export function rawRequest({ method = 'GET', target, headers = {}, body }: Asked): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all: Record<string, string> = {
    Host: '127.0.0.1',
    'User-Agent': 'bench',
    Accept: 'application/json',
    ...headers,
    ...(text === '' ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n${text}`
}
