// The third door of the corridor: one statement with its parameters, and the shape of the one row that it answers with.

/** `values` are bound as text of unknown type, so that PostgreSQL reads each as what it stands beside. */
export type Query = { text: string; values: (string | null)[] }

/** The row that every statement of the dialect answers with; all of it text, as PostgreSQL prints it. */
export type AnswerRow = {
  /** All rows that match, where an exact count was asked for; else null. */
  total: string | null
  /** The rows of this page, or the rows that were written. */
  page: string
  /** JSON, CSV or whatever the format is; null where nothing is to be sent back. */
  body: string | null
  /** `[["id","eq.7"]]`: what tells the one inserted row, where its Location was asked for. */
  location: string | null
  /** Of an upsert: how many rows were inserted; else null. */
  inserted: string | null
  /** Of the one row; null where it is not told. */
  version: string | null
  /** Of a write under a row filter: how many rows it reached that are outside of it; else null. */
  outside: string | null
  /** What SQL set as `response.headers` and `response.status`. */
  response_headers: string | null
  response_status: string | null
}
