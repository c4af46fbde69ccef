import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Failure } from '../failure.ts'
import { type Laid, writeTar } from '../tar/write-tar.ts'

export const FAMILY_LIMITS = { bytes: 256 << 20, files: 20_000 }
const DEEPEST = 20

/**
 * A file, or a folder's content, as an archive that depends on names, contents and execute bits alone. Links and what is left behind
 * by running things are no part of a suite. Throws Failure where it is not there or too large.
 */
export function familyArchive(place: string): Uint8Array {
  const files: Laid[] = []
  let bytes = 0
  const add = (from: string, path: string, depth: number) => {
    const facts = lstatSync(from)
    if (facts.isDirectory() && depth < DEEPEST) {
      const names = readdirSync(from).filter((name) => name !== '__pycache__' && name !== '.git')
      for (const name of names.sort()) add(join(from, name), `${path}/${name}`, depth + 1)
    } else if (facts.isFile()) {
      bytes += facts.size
      if (bytes > FAMILY_LIMITS.bytes || files.length >= FAMILY_LIMITS.files)
        throw new Failure('suite.too-large', 'A family of the suite is larger than is taken.', { where: place })
      files.push({ path, bytes: readFileSync(from), executable: (facts.mode & 0o111) !== 0 })
    }
  }
  try {
    add(place, lstatSync(place).isFile() ? `/${basename(place)}` : '', 0)
  } catch (error) {
    if (error instanceof Failure) throw error
  }
  if (files.length > 0) return writeTar(files)
  throw new Failure('suite.no-file', 'The suite names a file or folder that is not there.', { where: place })
}
