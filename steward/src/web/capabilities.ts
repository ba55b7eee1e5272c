// Whose pages hang in the back office: a capability more is a line more.
import { accessPages } from '@steward/access/pages'
import { entitiesPages } from '@steward/entities/pages'
import { inquiriesPages } from '@steward/inquiries/pages'
import { trailPages } from '@steward/trail/pages'
import type { CapabilityPages } from '@steward/ui'

export const capabilities: readonly CapabilityPages[] = [entitiesPages, trailPages, inquiriesPages, accessPages]
