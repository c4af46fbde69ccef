import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Asking, LogSource } from '../../formats/inspect/ask.ts'

/** A file opened for reading by place. */
export interface FileSource {
  readonly source: LogSource
  /** Answers what a reading asks for, one piece in memory at a time, and gives its result. Reports bytes as they are read. */
  drive<T>(asking: Asking<T>, onRead?: (bytes: number) => void): T
  close(): void
}

/** Opens a file; throws as the file system does when it cannot be opened or is no plain file. */
export function openFileSource(path: string, name: string): FileSource {
  const file = openSync(path, 'r')
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) throw new Error(`${name} is not a plain file`)
    let buffer = new Uint8Array(0)
    const read = (at: number, length: number): Uint8Array => {
      if (buffer.length < length) buffer = new Uint8Array(length)
      let got = 0
      while (got < length) {
        const more = readSync(file, buffer, got, length - got, at + got)
        if (more === 0) break
        got += more
      }
      return buffer.subarray(0, got)
    }
    return {
      source: { name, size: stat.size },
      drive(asking, onRead) {
        let step = asking.next()
        while (!step.done) {
          const bytes = read(step.value.at, step.value.length)
          onRead?.(bytes.length)
          step = asking.next(bytes)
        }
        return step.value
      },
      close: () => closeSync(file),
    }
  } catch (error) {
    closeSync(file)
    throw error
  }
}
