import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { detectFormat } from '../../formats/detect.ts'
import type { FormatName } from '../../formats/format.ts'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import { beginKey, type Parameters, uploadKey } from './parameters.ts'

/** A file that is about to be sent: read once for its key, so that sending it again goes on where it was cut. */
export interface Source {
  readonly path: string
  readonly name: string | null
  readonly size: number
  readonly changed: number
  readonly key: string
  readonly format: FormatName | null
}

const HEAD = 64 << 10

/** Looks at a file whole; throws Stop (2) when it cannot be read or is of no format that Weir reads. */
export async function openSource(path: string, parameters: Parameters, name: string | null = basename(path)): Promise<Source> {
  const shown = inert(name ?? path, 120)
  try {
    const is = await stat(path)
    if (is.isDirectory())
      throw new Stop(EXIT.badInput, `${shown} is a folder. Not stored.`, 'Name the files in it, for example with *.sarif')
    const format = parameters.format === undefined ? detectFormat(await headOf(path), name ?? undefined) : null
    if (format === null && parameters.format === undefined) {
      throw new Stop(
        EXIT.badInput,
        `${shown} is of no format that Weir reads. Not stored.`,
        'Weir reads its own JSON and NDJSON, SARIF 2.1.0, OSV, GitHub advisories, CVE JSON 5 and crash logs; --format says which.',
      )
    }
    const hash = beginKey(parameters)
    for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part as Buffer)
    return { path, name, size: is.size, changed: is.mtimeMs, key: uploadKey(hash), format }
  } catch (error) {
    if (error instanceof Stop) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new Stop(
      EXIT.badInput,
      `${shown} cannot be read (${code === 'ENOENT' ? 'there is no such file' : (code ?? 'damaged')}). Not stored.`,
    )
  }
}

/** Throws Stop when the file is no longer the one that was looked at: its key would stand for other content. */
export async function refuseChanged(source: Source): Promise<void> {
  const now = await stat(source.path).catch(() => null)
  if (now?.size === source.size && now.mtimeMs === source.changed) return
  throw new Stop(
    EXIT.badInput,
    `${inert(source.name ?? source.path, 120)} changed while it was being sent.`,
    'Run it again when it is complete; nothing is taken twice.',
  )
}

/** The first 64 KiB, unpacked when gzip or zstd: what a format is told by. A damaged packing gives what came before. */
async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  const start = Buffer.alloc(4)
  await file.read(start, 0, 4, 0)
  await file.close()
  const packed =
    start[0] === 0x1f && start[1] === 0x8b
      ? createGunzip()
      : start.readUInt32LE(0) === 0xfd2fb528
        ? createZstdDecompress()
        : null
  // `pipe`, so that ending the reading early ends nothing else with an error.
  const raw = createReadStream(path, { end: 4 << 20 })
  const stream: Readable = packed === null ? raw : raw.pipe(packed)
  const parts: Buffer[] = []
  let held = 0
  try {
    for await (const part of stream as AsyncIterable<Buffer>) {
      parts.push(part)
      held += part.length
      if (held >= HEAD) break
    }
  } catch {
    // Cut or damaged: the server says where, if the beginning was of a format.
  }
  raw.destroy()
  return Buffer.concat(parts).subarray(0, HEAD)
}

/** Standard input kept in a file that only this account can read, so that it can be sent twice; `done` removes it. */
export async function spoolInput(input: Readable): Promise<{ path: string; done: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-report-'))
  const done = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'input')
    await pipeline(input, createWriteStream(path, { mode: 0o600 }))
    return { path, done }
  } catch (error) {
    await done()
    throw new Stop(EXIT.badInput, `Standard input could not be read (${(error as Error).message}). Not stored.`)
  }
}
