import type { Check, Complaint } from './complaint.ts'
import { rowsUnder } from './markdown.ts'
import { listFiles, readText } from './tree.ts'

const DOCUMENT = 'docs/threat-model.md'
const MIGRATION = /^src\/server\/store\/migrations\/[^/]+(?<!\.test)\.ts$/
const CONSTRAINT = /^(primary key|unique|check|foreign key|constraint|exclude|like)\b/

/** Every column of every table stands in the threat model, with how it is kept (plain, keyed, sealed, hashed) and why. */
export const columns: Check = (root) => {
  const files = listFiles(root)
  const tables = new Map<string, Set<string>>()
  for (const file of files.filter((path) => MIGRATION.test(path))) readTables(readText(root, file), tables)
  if (tables.size === 0) return []
  if (!files.includes(DOCUMENT)) return [{ at: DOCUMENT, says: 'is missing, and with it the list of plaintext columns' }]
  const text = readText(root, DOCUMENT)
  return [...tables].flatMap(([table, own]) => compare(table, own, text))
}

const KEPT = new Set(['plain', 'keyed', 'sealed', 'hashed', 'public'])

function compare(table: string, own: ReadonlySet<string>, text: string): Complaint[] {
  const complaints: Complaint[] = []
  const told = new Set<string>()
  for (const { cells, line } of rowsUnder(text, new RegExp(`^\`${table}\`$`))) {
    const named = [...(cells[0] ?? '').matchAll(/`(\w+)`/g)].map((m) => m[1]!)
    if (!KEPT.has(cells[1] ?? ''))
      complaints.push({ at: `${DOCUMENT}:${line}`, says: `the second cell says how it is kept: ${[...KEPT].join(', ')}` })
    if ((cells[2] ?? '') === '') complaints.push({ at: `${DOCUMENT}:${line}`, says: 'the third cell says why' })
    for (const column of named) {
      told.add(column)
      if (!own.has(column)) complaints.push({ at: `${DOCUMENT}:${line}`, says: `table ${table} has no column ${column}` })
    }
  }
  for (const column of own)
    if (!told.has(column)) complaints.push({ at: DOCUMENT, says: `does not say how ${table}.${column} is kept and why` })
  return complaints
}

/** Reads `create table`, `add column`, `drop column`, `drop table` and renames of a migration's SQL into `tables`. */
export function readTables(sql: string, tables: Map<string, Set<string>>): void {
  const STEP =
    /\b(?:create table (?:if not exists )?(\w+)\s*\(|alter table (?:only )?(\w+)\s+(add column|drop column|rename column) (?:if (?:not )?exists )?(\w+)(?: to (\w+))?|drop table (?:if exists )?(\w+))/gi
  for (const m of sql.matchAll(STEP)) {
    const [whole, created, altered, verb, column, renamed, dropped] = m
    if (created) tables.set(created, new Set(columnsOf(sql, m.index + whole.length)))
    else if (dropped) tables.delete(dropped)
    else if (altered && column) {
      const own = tables.get(altered) ?? new Set<string>()
      if (verb?.toLowerCase() === 'add column') own.add(column)
      else own.delete(column)
      if (renamed) own.add(renamed)
      tables.set(altered, own)
    }
  }
}

/** Column names of the parenthesis that opens just before `start`. */
function columnsOf(sql: string, start: number): string[] {
  const parts: string[] = []
  let depth = 1
  let from = start
  for (let i = start; i < sql.length && depth > 0; i++) {
    if (sql[i] === '(') depth++
    else if (sql[i] === ')') depth--
    if (depth === 0 || (depth === 1 && sql[i] === ',')) {
      parts.push(sql.slice(from, i).trim())
      from = i + 1
    }
  }
  return parts.flatMap((part) => (part === '' || CONSTRAINT.test(part.toLowerCase()) ? [] : (part.split(/\s/)[0] ?? [])))
}
