import { randomBytes } from 'node:crypto'
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { access, link, mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../disk/durable.ts'
import { type BlobDraft, BlobMissing, type BlobName, type BlobStore, parseBlobName } from './blob-store.ts'

/** Blobs as files `<folder>/ab/cdef…`, 0600, in 256 folders. Drafts that a crash left are cleared when it is opened. */
export function openBlobFolder(folder: string): BlobStore {
  const drafts = join(folder, 'drafts')
  rmSync(drafts, { recursive: true, force: true })
  mkdirSync(drafts, { recursive: true, mode: 0o700 })
  const shelf = (name: BlobName) => join(folder, name.slice(0, 2))
  const place = (name: BlobName) => join(shelf(name), name.slice(2))
  return {
    draft: () => openDraft(join(drafts, randomBytes(16).toString('hex')), folder, shelf, place),
    async *read(name) {
      try {
        yield* createReadStream(place(name), { highWaterMark: 1 << 18 })
      } catch (error) {
        throw isMissing(error) ? new BlobMissing(name) : error
      }
    },
    has: async (name) =>
      await access(place(name)).then(
        () => true,
        () => false,
      ),
    async delete(name) {
      if (!existsSync(place(name))) return
      await rm(place(name), { force: true })
      syncFolder(shelf(name))
    },
    async *names() {
      for (const first of readdirSync(folder)) {
        if (!/^[0-9a-f]{2}$/.test(first)) continue
        for (const rest of await readdir(join(folder, first))) {
          const name = parseBlobName(first + rest)
          if (name !== null) yield name
        }
      }
    },
  }
}

async function openDraft(
  path: string,
  folder: string,
  shelf: (name: BlobName) => string,
  place: (name: BlobName) => string,
): Promise<BlobDraft> {
  const file = await open(path, 'wx', 0o600)
  let isOpen = true
  const close = async () => {
    if (isOpen) await file.close()
    isOpen = false
  }
  return {
    append: async (bytes) => await file.writeFile(bytes),
    async commit(name) {
      await file.sync()
      await close()
      if (!existsSync(shelf(name))) {
        await mkdir(shelf(name), { recursive: true, mode: 0o700 })
        syncFolder(folder)
      }
      // A link fails where the name is taken, so a whole blob is never replaced.
      await link(path, place(name)).catch((error) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      })
      syncFolder(shelf(name))
      await rm(path, { force: true })
    },
    async abandon() {
      await close()
      await rm(path, { force: true })
    },
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}
