// Where a request came from: the other end of its connection, or what proxies say that are trusted.
import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { TLSSocket } from 'node:tls'

/** Where a request came from (null: nobody knows any more), and whether over https. */
export type Sender = { address: string | null; isSecure: boolean }

/**
 * Makes the function that finds the sender. `X-Forwarded-For` is read from its end, as far as those who wrote it are trusted:
 * what stands before was written by anybody.
 *
 * @throws RangeError at what is neither an address nor a network
 * @example
 * const senderOf = senderFinder(['10.0.0.0/8'])
 */
export function senderFinder(trustedProxies: readonly string[] = []) {
  const trusted = listOf(trustedProxies)
  const isTrusted = (address: string) => trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
  return ({ socket }: IncomingMessage, headers: Readonly<Record<string, string>>): Sender => {
    const isEncrypted = (socket as Partial<TLSSocket>).encrypted === true
    let address = plainAddress(socket.remoteAddress ?? '')
    if (address === null || !isTrusted(address)) return { address, isSecure: isEncrypted }
    const said = (headers['x-forwarded-for'] ?? '').split(',').map((each) => plainAddress(each.trim()))
    for (const each of said.toReversed()) {
      if (each === null) break
      address = each
      if (!isTrusted(each)) break
    }
    const protocol = headers['x-forwarded-proto']?.split(',').at(-1)?.trim().toLowerCase()
    return { address, isSecure: protocol === undefined ? isEncrypted : protocol === 'https' }
  }
}

/** Without a port and brackets; IPv4 as such where it is written as IPv6. */
function plainAddress(text: string): string | null {
  const bare = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? (/^[\d.]+:\d+$/.test(text) ? text.replace(/:\d+$/, '') : text)
  const address = bare.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '')
  return isIP(address) === 0 ? null : address
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits))) {
      throw new RangeError(`"${network}" is neither an address nor a network.`)
    }
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}
