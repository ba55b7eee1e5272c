// What TypeScript knows of a database: the names of its entities, and the shape of what is selected of one.
import type { UnstableGetResult } from '@supabase/postgrest-js'

/** Procedures by name, as `steward sdk generate` writes them. */
export type ProcedureTypes<Procedures> = { [Name in keyof Procedures]: { Input: unknown; Output: unknown } }

/** Of a client without types: it takes anything, and hands out anything. */
// oxlint-disable-next-line typescript/no-explicit-any -- as it says.
export type AnyProcedures = Record<string, { Input: any; Output: any }>

type Columns = Record<string, unknown>
type Reference = {
  foreignKeyName: string
  columns: string[]
  isOneToOne?: boolean
  referencedRelation: string
  referencedColumns: string[]
}
type View = { Row: Columns; Relationships: Reference[] }
type Table = View & { Insert: Columns; Update: Columns }
type Schema = {
  Tables: Record<string, Table>
  Views: Record<string, View>
  Functions: Record<string, { Args: Columns; Returns: unknown }>
}

type Schemas<Database> = Omit<Database, '__InternalSupabase'>
type MainSchema<Database> = 'public' extends keyof Schemas<Database>
  ? Schemas<Database>['public']
  : Schemas<Database>[keyof Schemas<Database>]
type Relations<Database> =
  MainSchema<Database> extends { Tables: infer Tables; Views: infer Views }
    ? Tables & Omit<Views, keyof Tables>
    : Record<never, never>
type IsAny<T> = 0 extends 1 & T ? true : false

/** The names of the tables and views of the main schema. */
export type EntityName<Database> = IsAny<Database> extends true ? string : string & keyof Relations<Database>

/** A record with what was selected of it, as postgrest-js infers it. */
export type Selected<Database, Name extends string, Query extends string> =
  IsAny<Database> extends true
    ? // oxlint-disable-next-line typescript/no-explicit-any -- without types a record may be anything.
      any
    : MainSchema<Database> extends infer Main extends Schema
      ? Name extends keyof Relations<Database>
        ? Relations<Database>[Name] extends View
          ? UnstableGetResult<
              Main,
              Relations<Database>[Name]['Row'],
              Name,
              Relations<Database>[Name]['Relationships'],
              Query,
              { PostgrestVersion: '14' }
            >
          : never
        : never
      : never
