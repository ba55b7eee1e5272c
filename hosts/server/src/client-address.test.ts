// Who is believed about where a request came from: the connection, and proxies that are trusted.
import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { senderFinder } from './client-address.ts'

const from = (remoteAddress: string) => ({ socket: { remoteAddress } }) as unknown as IncomingMessage

test('without trusted proxies the connection alone says where a request came from', () => {
  const said = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https' }
  expect(senderFinder()(from('::ffff:10.0.0.7'), said)).toEqual({ address: '10.0.0.7', isSecure: false })
})

test('behind trusted proxies the last address that somebody untrusted had counts, whatever was written before it', () => {
  const senderOf = senderFinder(['10.0.0.0/8', '::1'])
  const ask = (remote: string, list: string) => senderOf(from(remote), { 'x-forwarded-for': list }).address
  expect(ask('10.0.0.7', '6.6.6.6, 1.2.3.4, 10.1.1.1')).toBe('1.2.3.4')
  expect(ask('::1', '[2001:db8::7]:443')).toBe('2001:db8::7')
  expect(ask('10.0.0.7', '1.2.3.4, nonsense')).toBe('10.0.0.7')
  expect(ask('10.0.0.7', '')).toBe('10.0.0.7')
  expect(ask('5.5.5.5', '1.2.3.4')).toBe('5.5.5.5')
  expect(senderOf(from('10.0.0.7'), { 'x-forwarded-proto': 'http, https' }).isSecure).toBe(true)
  expect(senderOf(from('5.5.5.5'), { 'x-forwarded-proto': 'https' }).isSecure).toBe(false)
})

test('a network that is none is refused at the start', () => {
  expect(() => senderFinder(['the proxy'])).toThrow('neither an address nor a network')
  expect(() => senderFinder(['10.0.0.0/x'])).toThrow('neither an address nor a network')
})
