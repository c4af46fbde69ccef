import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Zip, ZipDeflate } from 'fflate'
import { EXIT, Stop } from '../exit.ts'
import type { NamedFile } from '../exposure/named-files.ts'
import { inert } from '../text/inert.ts'

/** The files as one archive in a folder of its own, one in memory at a time. `done` removes it. Throws Stop on what cannot be read. */
export async function packFiles(files: readonly NamedFile[]): Promise<{ readonly path: string; done(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-import-'))
  const done = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'records.zip')
    const out = createWriteStream(path, { flags: 'wx', mode: 0o600 })
    const zip = new Zip((_error, part) => void out.write(part))
    for (const { path: from, name } of files) {
      const entry = new ZipDeflate(name, { level: 1 })
      zip.add(entry)
      entry.push(await bytesOf(from), true)
      if (out.writableNeedDrain) await once(out, 'drain')
    }
    zip.end()
    out.end()
    await once(out, 'finish')
    return { path, done }
  } catch (error) {
    await done()
    throw error
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw new Stop(EXIT.badInput, `${inert(path)} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}
