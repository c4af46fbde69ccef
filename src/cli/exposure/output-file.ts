import { lstatSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs'

/**
 * Writes a file whole or not at all: where the disk is full, what stood there before still does. A device, a pipe, a link, or a file in
 * a folder that takes no new ones is written in place. Throws what the system says.
 */
export function writeOutput(path: string, text: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found !== undefined && !isReplaceable(found)) {
    writeFileSync(path, text)
    return
  }
  const fresh = `${path}.${process.pid}.new`
  try {
    // Who could not read the former one cannot read this either.
    writeFileSync(fresh, '', { flag: 'wx', mode: found === undefined ? 0o666 : found.mode & 0o777 })
  } catch {
    writeFileSync(path, text)
    return
  }
  try {
    writeFileSync(fresh, text)
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/** Whether it is a file of the caller's that has no other name and may be written. */
function isReplaceable(found: Stats): boolean {
  const { mode, nlink, uid } = found
  return found.isFile() && (mode & 0o200) !== 0 && nlink === 1 && uid === process.getuid?.()
}
