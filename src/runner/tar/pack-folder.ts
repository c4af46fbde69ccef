import { type Dirent, lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../failure.ts'
import { BLOCK, headerOf, padding } from './tar-header.ts'
import { PACKED_AT } from './write-tar.ts'

export interface Packed {
  readonly bytes: Uint8Array
  /** Files and links in it. */
  readonly files: number
}

export interface PackLimits {
  readonly bytes: number
  readonly files: number
}

export const PACK_LIMITS: PackLimits = { bytes: 512 << 20, files: 200_000 }
const DEEPEST = 100

/** Everything lies below it, so that the rule about a single top folder never takes away one of the source's own. */
export const TOP = 'source'

/**
 * A folder as an archive that depends on names, contents, links and execute bits only: sorted by bytes, times fixed, no owners.
 * `.git` is left out unless it is asked for; sockets, devices and pipes always are. Throws Failure above the limits.
 */
export function packFolder(folder: string, limits: PackLimits = PACK_LIMITS, withGit = false): Packed {
  const parts: Buffer[] = []
  const held = { bytes: 0, files: 0 }
  const add = (...more: Buffer[]) => {
    for (const part of more) held.bytes += part.length
    if (held.bytes > limits.bytes) throw tooLarge(folder, `${limits.bytes >> 20} MiB`)
    parts.push(...more)
  }
  const walk = (inside: string, depth: number) => {
    if (depth > DEEPEST) throw tooLarge(folder, `${DEEPEST} folders in each other`)
    for (const { name } of sorted(readdirSync(join(folder, inside), { withFileTypes: true }))) {
      if (name === '.git' && !withGit) continue
      const path = inside === '' ? name : `${inside}/${name}`
      const is = lstatSync(join(folder, path))
      const entry = { path: `${TOP}/${path}`, target: '', size: 0, executable: false, mtime: PACKED_AT }
      if (is.isDirectory()) {
        add(headerOf({ ...entry, kind: 'folder' }))
        walk(path, depth + 1)
      } else if (is.isSymbolicLink()) {
        add(headerOf({ ...entry, kind: 'link', target: readlinkSync(join(folder, path)) }))
        held.files++
      } else if (is.isFile()) {
        if (held.bytes + is.size > limits.bytes) throw tooLarge(folder, `${limits.bytes >> 20} MiB`)
        const bytes = readFileSync(join(folder, path))
        const executable = (is.mode & 0o111) !== 0
        add(headerOf({ ...entry, kind: 'file', executable, size: bytes.length }), bytes, Buffer.alloc(padding(bytes.length)))
        held.files++
      }
      if (held.files > limits.files) throw tooLarge(folder, `${limits.files} files`)
    }
  }
  add(headerOf({ path: TOP, kind: 'folder', target: '', size: 0, executable: false, mtime: PACKED_AT }))
  walk('', 0)
  return { bytes: Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]), files: held.files }
}

function sorted(entries: Dirent[]): Dirent[] {
  return entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
}

function tooLarge(folder: string, limit: string): Failure {
  return new Failure('source.too-large', `The folder holds more than ${limit}.`, {
    where: folder,
    mend: 'Name a smaller folder, or an archive without what is built.',
  })
}
