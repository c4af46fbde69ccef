import { createHash, randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ownCaches } from '../home.ts'
import type { FeedPlace } from './feed-place.ts'

/** Files of feeds that are kept; those that came longest ago go first. */
const MOST_FILES = 8
const DIGEST = /^[0-9a-f]{64}$/
/** What a command that was killed while it kept a file left behind, and after how long nobody is writing it any more. */
const HALF = /^[0-9a-f]{64}\.[0-9a-f]{12}$/
const HALF_MS = 3_600_000

/** Where files of signed feeds are kept for this person: the cache folder of the system. */
export function cacheFolder(env: Readonly<Record<string, string | undefined>>, platform?: string): string {
  return join(ownCaches(env, platform), 'feeds')
}

/**
 * The same place, whose files are fetched once: a file that is asked for by its digest is kept under it and, while the manifest names
 * that digest, not fetched again. What is kept is believed for its digest only, never for where it lies; the manifest itself is
 * always fetched, so age and sequence are checked as ever. Where nothing can be kept, everything is fetched.
 */
export function keepingFiles(place: FeedPlace, folder: string): FeedPlace {
  return {
    ...place,
    async read(file, most, sha256) {
      if (sha256 === undefined || !DIGEST.test(sha256)) return place.read(file, most, sha256)
      const kept = await load(folder, sha256, most)
      if (kept !== null) return kept
      const bytes = await place.read(file, most, sha256)
      if (bytes !== null && digestOf(bytes) === sha256) await keep(folder, sha256, bytes)
      return bytes
    },
  }
}

async function load(folder: string, sha256: string, most: number): Promise<Uint8Array | null> {
  try {
    if (!(await isOurs(folder))) return null
    await using file = await open(join(folder, sha256), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stat = await file.stat()
    if (!stat.isFile() || stat.size > most) return null
    const bytes = await file.readFile()
    return digestOf(bytes) === sha256 ? bytes : null
  } catch {
    return null
  }
}

/** Keeps a file whole or not at all; that it cannot be kept is no fault of the feed. */
async function keep(folder: string, sha256: string, bytes: Uint8Array): Promise<void> {
  const made = join(folder, `${sha256}.${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    if (!(await isOurs(folder))) return
    await writeFile(made, bytes, { flag: 'wx', mode: 0o600 })
    await rename(made, join(folder, sha256))
    await forgetOldest(folder)
  } catch {
    await rm(made, { force: true }).catch(() => {})
  }
}

async function isOurs(folder: string): Promise<boolean> {
  const stat = await lstat(folder)
  return stat.isDirectory() && (process.getuid === undefined || stat.uid === process.getuid())
}

async function forgetOldest(folder: string): Promise<void> {
  const all = await readdir(folder)
  for (const name of all.filter((one) => HALF.test(one)))
    if ((await lstat(join(folder, name))).mtimeMs < Date.now() - HALF_MS) await rm(join(folder, name), { force: true })
  const names = all.filter((name) => DIGEST.test(name))
  if (names.length <= MOST_FILES) return
  const dated = await Promise.all(names.map(async (name) => ({ name, at: (await lstat(join(folder, name))).mtimeMs })))
  const oldest = dated.sort((a, b) => a.at - b.at).slice(0, names.length - MOST_FILES)
  for (const { name } of oldest) await rm(join(folder, name), { force: true })
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
