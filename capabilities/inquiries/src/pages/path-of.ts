// The address of an inquiry by its number.
import { inquiryPath } from '@steward/ui'

/** Where an inquiry is shown. */
export function pathOf({ id }: { id: number }): string {
  return inquiryPath(String(id))
}
