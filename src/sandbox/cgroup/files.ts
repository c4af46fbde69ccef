import { closeSync, constants, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmdirSync, writeSync } from 'node:fs'

/** The control-group file systems as this room uses them; a test gives a recorded tree instead. Paths are absolute. */
export interface CgroupFiles {
  /** Null where it is not there or cannot be read. */
  read(path: string): string | null
  /** Whether it was taken. */
  write(path: string, text: string): boolean
  exists(path: string): boolean
  list(path: string): readonly string[]
  makeFolder(path: string): boolean
  removeFolder(path: string): boolean
}

// Opened for writing only, and never made: some of these files refuse to be opened for reading.
export const machineFiles: CgroupFiles = {
  read: (path) => attempt(() => readFileSync(path, 'latin1')),
  write: (path, text) => attempt(() => writeTo(path, text)) !== null,
  exists: existsSync,
  list: (path) => attempt(() => readdirSync(path)) ?? [],
  makeFolder: (path) => attempt(() => mkdirSync(path)) !== null,
  removeFolder: (path) => attempt(() => rmdirSync(path)) !== null,
}

function writeTo(path: string, text: string): void {
  const fd = openSync(path, constants.O_WRONLY)
  try {
    writeSync(fd, text)
  } finally {
    closeSync(fd)
  }
}

function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}
