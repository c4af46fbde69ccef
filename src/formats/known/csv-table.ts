import { CsvReader, type CsvRecord } from '../run-table/csv-reader.ts'
import type { Known, KnownItem } from './known-item.ts'
import type { KnownReader } from './known-reader.ts'

/** A row by the names of the file's header, in lower case; null where the file has no such column or the cell is empty. */
export type CsvCells = (column: string) => string | null

const LIMITS = { cellBytes: 64 << 10, columns: 200 }

/** Reads a CSV file with a header; lines that begin with `#` before it are comments, given to `comment`. Memory: one row. */
export function csvReader<T>(map: (cells: CsvCells) => Known<T>, comment?: (text: string) => void): KnownReader<T> {
  let columns: ReadonlyMap<string, number> | null = null
  let items: KnownItem<T>[] = []
  let wrong = false
  const take = ({ line, cells }: CsvRecord): void => {
    const at = `line ${line}`
    const broken = wrong
    wrong = false
    if (columns === null) {
      if (cells[0]?.startsWith('#')) comment?.(cells.join(','))
      else
        columns = new Map(
          cells.map((name, n) => [
            name
              .replace(/^\ufeff/, '')
              .trim()
              .toLowerCase(),
            n,
          ]),
        )
      return
    }
    const named = columns
    const cell: CsvCells = (column) => {
      const n = named.get(column)
      const text = n === undefined ? '' : (cells[n] ?? '').trim()
      return text === '' ? null : text
    }
    items.push(broken ? { ok: false, at, id: null, why: 'not-readable' } : { at, ...map(cell) })
  }
  const csv = new CsvReader(LIMITS, take, () => {
    wrong = true
  })
  const taken = (): KnownItem<T>[] => {
    const ready = items
    items = []
    return ready
  }
  return {
    push(chunk) {
      csv.push(chunk)
      return taken()
    },
    end() {
      csv.end()
      return taken()
    },
  }
}
