// The words of a new capability, from which all its names are made.

/** The words from which all names are made. */
export interface Words {
  /** `checks`: folder, menu, URL, command, permission, table prefix, error prefix. */
  word: string
  /** `Checks` */
  title: string
  /** `check`: the thing that the capability is about. */
  noun: string
  /** `Check` */
  type: string
  /** The version that all packages share. */
  version: string
}
