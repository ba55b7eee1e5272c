// Who of our company may do what in Steward. `admin` may do everything and is always there.
import type { EntityRule, RoleConfiguration } from 'steward/config'

/** What only those see who repair data: personal data, cards, what sales writes, and secrets. */
const heldBack: Readonly<Record<string, EntityRule>> = {
  customers: {
    read: true,
    mask: { resident_number: 'hidden', card_last4: 'hidden', internal_note: 'hidden' },
  },
  members: { read: true, mask: ['token_hash'] },
}

/**
 * The roles, by name. Support reads, asks developers, and performs two procedures; developers repair, and say why.
 *
 * @example
 * defineConfig({ roles })
 */
export const roles: Readonly<Record<string, RoleConfiguration>> = {
  cx: {
    permissions: [
      'entities:search',
      'entities:meta',
      'entities:views',
      'entities:save-view',
      'entities:delete-view',
      'trail:history',
      'trail:operation',
      'trail:operations',
      'trail:at',
      'trail:blast',
      'trail:status',
      'inquiries:ask',
      'inquiries:list',
      'inquiries:read',
      'inquiries:comment',
      'inquiries:close',
      'inquiries:report',
      'orders:refund',
      'conversations:restore',
    ],
    entities: { '*': { read: true }, ...heldBack },
  },
  developer: {
    permissions: ['entities:*', 'trail:*', 'inquiries:*', 'orders:*', 'customers:*', 'conversations:*'],
    entities: {
      '*': { read: true, write: true },
      // A hash is nobody's to read or to set; whoever lost a token gets a new one from the service.
      members: { read: true, write: true, mask: ['token_hash'] },
    },
    requiresReason: true,
    maxAffected: 5000,
  },
}
