// An import as its page has it: the file, what its columns become, what was tried out, and what was done.
import type { ChangesetDone, MetaEntity } from '@steward/sdk'
import { useSteward } from '@steward/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState } from 'react'
import { checkRows, type ImportMode } from './check-rows.ts'
import { importableColumns, looksLikeHeader, matchColumns } from './match-columns.ts'
import { decodeFile, readTable } from './read-table.ts'
import { type Rehearsal, rehearseImport } from './rehearse-import.ts'

/** The most rows of one import, and the most bytes of its file. */
export const mostRows = 10_000
export const mostBytes = 6 * 1024 * 1024

type Source = { text: string; encoding: string | null; bytes: number }
type Choice = {
  delimiter: string | null
  hasHeader: boolean | null
  columns: readonly (string | null)[] | null
  mode: ImportMode | null
}

const nothingChosen: Choice = { delimiter: null, hasHeader: null, columns: null, mode: null }

/** An import into an entity. */
export function useImport(entity: MetaEntity) {
  const { client } = useSteward()
  const queries = useQueryClient()
  const [source, setSource] = useState<Source | null>(null)
  const [choice, setChoice] = useState(nothingChosen)
  const [isReading, setReading] = useState(false)
  const stop = useRef<AbortController | null>(null)
  const table = useMemo(() => readSource(source, choice, entity), [source, choice, entity])
  const mapping = { mode: choice.mode ?? usualMode(entity, table?.columns ?? []), columns: table?.columns ?? [] }
  const rehearsal = useMutation({
    mutationFn: () => {
      stop.current = new AbortController()
      const rows = checkRows(table?.body ?? [], { entity, mapping, firstLine: table?.hasHeader === true ? 2 : 1 })
      return rehearseImport(client, { entity, mapping, rows, signal: stop.current.signal })
    },
  })
  const perform = useMutation({
    mutationFn: ({ tried, reason }: { tried: Rehearsal; reason: string }): Promise<ChangesetDone> =>
      client.changeset(
        tried.requests.map(({ request }) => request),
        reason === '' ? {} : { reason },
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['entities'] }),
  })
  const forget = () => {
    stop.current?.abort()
    rehearsal.reset()
    perform.reset()
  }
  return {
    source,
    isReading,
    table,
    mapping,
    rehearsal,
    perform,
    forget,
    readText: (text: string) => {
      forget()
      setChoice(nothingChosen)
      setSource(text.trim() === '' ? null : { text, encoding: null, bytes: new TextEncoder().encode(text).length })
    },
    readFile: async (file: File | null) => {
      forget()
      setChoice(nothingChosen)
      setSource(null)
      if (file === null) return
      setReading(true)
      const bytes = file.size > mostBytes ? new Uint8Array() : new Uint8Array(await file.arrayBuffer())
      setSource({ ...decodeFile(bytes), bytes: file.size })
      setReading(false)
    },
    choose: (change: Partial<Choice>) => {
      forget()
      setChoice((before) => ({ ...before, ...change }))
    },
  }
}

/** An import as its page has it. */
export type Import = ReturnType<typeof useImport>

function readSource(source: Source | null, choice: Choice, entity: MetaEntity) {
  if (source === null) return null
  const { rows, delimiter } = readTable(source.text, choice.delimiter)
  const targets = importableColumns(entity.columns)
  const [first = []] = rows
  const hasHeader = choice.hasHeader ?? looksLikeHeader(first, targets)
  const head = hasHeader ? first : first.map(() => '')
  return {
    head,
    hasHeader,
    delimiter,
    targets,
    body: hasHeader ? rows.slice(1) : rows,
    columns: choice.columns ?? matchColumns(head, targets),
  }
}

/** By the key where the file has it, and else only new records. */
function usualMode({ key, writes }: MetaEntity, columns: readonly (string | null)[]): ImportMode {
  const isNamed = key.length > 0 && key.every((name) => columns.includes(name))
  if (!writes.includes('insert')) return 'update'
  return isNamed && writes.includes('update') ? 'upsert' : 'insert'
}
