import type { Column, Sequence, Table } from './catalogue.ts'
import { BackupRefused } from './frame.ts'

export interface Manifest {
  readonly version: 1
  readonly schema: string
  readonly jobs: string
  readonly madeAt: string
  readonly tables: readonly Table[]
  readonly sequences: readonly Sequence[]
}

/** What one section held; written at its end and again in the trailer. */
export interface SectionEnd {
  readonly rows: number
  readonly bytes: number
  readonly sha256: string
}

const MOST = 1000

/** Reads a hostile manifest; throws BackupRefused. Names in it are only ever compared with the database's own. */
export function parseManifest(value: Record<string, unknown>): Manifest {
  const { version, schema, jobs, madeAt, tables, sequences } = value
  if (version !== 1)
    throw new BackupRefused(`this Weir reads backups of version 1, not ${JSON.stringify(version)?.slice(0, 20)}`)
  if (!isText(schema) || !isText(jobs) || !isText(madeAt)) return damaged()
  return { version, schema, jobs, madeAt, tables: list(tables).map(parseTable), sequences: list(sequences).map(parseSequence) }
}

export function parseEnd(value: Record<string, unknown>): SectionEnd {
  const { rows, bytes, sha256 } = value
  if (!isCount(rows) || !isCount(bytes) || !isText(sha256)) return damaged()
  return { rows, bytes, sha256 }
}

function parseTable(value: unknown): Table {
  const { schema, name, columns } = record(value)
  if (!isText(schema) || !isText(name)) return damaged()
  return { schema, name, columns: list(columns).map(parseColumn) }
}

function parseColumn(value: unknown): Column {
  const { name, type } = record(value)
  return isText(name) && isText(type) ? { name, type } : damaged()
}

function parseSequence(value: unknown): Sequence {
  const { schema, name, value: at, called } = record(value)
  if (!isText(schema) || !isText(name) || typeof at !== 'string' || !/^[0-9]{1,18}$/.test(at) || typeof called !== 'boolean')
    return damaged()
  return { schema, name, value: at, called }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 200
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : damaged()
const list = (value: unknown): unknown[] => (Array.isArray(value) && value.length <= MOST ? value : damaged())

function damaged(): never {
  throw new BackupRefused('the backup is damaged: its description cannot be read')
}
