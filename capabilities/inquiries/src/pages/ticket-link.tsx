// The customer's ticket: a link where it is an address on the web, else its text.
import { Anchor } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { isWebAddress } from './web-address.ts'

/** The ticket by the end of its address, which tells tickets apart. */
export function TicketLink({ url }: { url: string }) {
  if (!isWebAddress(url)) return <span>{url}</span>
  const { host, pathname, search } = new URL(url)
  const end = `${pathname}${search}`
  const label = `${host}${end.length > 28 ? `/…${end.slice(-24)}` : end}`
  return (
    <Anchor href={url} target="_blank" rel="noopener noreferrer" inherit>
      {label} <IconExternalLink size={12} aria-hidden />
    </Anchor>
  )
}
