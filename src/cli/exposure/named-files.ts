import { readdirSync, statSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { HERE } from '../root.ts'
import { inert } from '../text/inert.ts'

/** A file that was named, or lies in a folder that was. */
export interface NamedFile {
  readonly path: string
  /** Below the folder that was named; of a file itself its last part. */
  readonly name: string
}

const MOST_FILES = 1_000_000
const MOST_DEPTH = 40

/** Every regular file of what a person named, folders all the way down, in order of names. Links in folders are not followed. Throws Stop. */
export function namedFiles(places: readonly string[]): NamedFile[] {
  const files: NamedFile[] = []
  for (const place of places) {
    const path = resolve(HERE, place)
    const stat = statSync(path, { throwIfNoEntry: false })
    if (stat === undefined) throw new Stop(EXIT.badInput, `${inert(place)} is not there.`, whereFrom(place, path))
    if (stat.isDirectory()) walk(path, path, 0, files)
    else files.push({ path, name: basename(path) })
  }
  return files
}

function whereFrom(place: string, path: string): string {
  return /[*?[]/.test(place)
    ? 'A name with * or ? is for the shell to make files of: leave its quotation marks away.'
    : `Looked for at ${inert(path)}`
}

function walk(top: string, folder: string, depth: number, into: NamedFile[]): void {
  if (depth > MOST_DEPTH) return
  let entries: ReturnType<typeof listed>
  try {
    entries = listed(folder)
  } catch (error) {
    throw new Stop(EXIT.badInput, `${inert(folder)} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) walk(top, path, depth + 1, into)
    else if (entry.isFile()) into.push({ path, name: relative(top, path) })
    if (into.length > MOST_FILES) throw new Stop(EXIT.badInput, `There are more than ${MOST_FILES} files in ${inert(top)}.`)
  }
}

function listed(folder: string) {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
}
