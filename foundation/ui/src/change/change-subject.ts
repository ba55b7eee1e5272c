// What is said of one change to whoever shows it.
import type { ChangeFacts } from '@steward/sdk'

/** A change as it is shown; `masked` names the columns that the viewer sees in masked form. */
export type ShownChange = ChangeFacts & { readonly masked?: readonly string[] | undefined }
