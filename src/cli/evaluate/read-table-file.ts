import type { Asking } from '../../formats/inspect/ask.ts'
import { type ReadTable, TableReader } from '../../formats/run-table/read-table.ts'
import { stemOf } from './files-folder.ts'
import type { ImportNote } from './files-read.ts'
import { openFileSource } from './read-source.ts'

const PIECE = 256 * 1024

/** Reads one CSV; null, with a note, where it is neither a table of runs nor one of tasks. Throws as the file system does. */
export function readTableFile(
  path: string,
  note: (note: ImportNote) => void,
  onRead: (bytes: number) => void,
): (ReadTable & { readonly kind: 'runs' | 'tasks' }) | null {
  const file = openFileSource(path, path)
  try {
    const reader = new TableReader(stemOf(path))
    const read = file.drive(pieces(file.source.size, reader), onRead)
    for (const finding of read.findings) note({ file: path, ...finding })
    const { kind } = read
    return kind === null ? null : { ...read, kind }
  } finally {
    file.close()
  }
}

function* pieces(size: number, reader: TableReader): Asking<ReadTable> {
  for (let at = 0; at < size; at += PIECE) reader.push(yield { at, length: Math.min(PIECE, size - at) })
  return reader.end()
}
