import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { FillLimits } from '../../core/sandbox/contract.ts'
import { TarReader } from '../archive/tar-reader.ts'
import { readZip } from '../archive/zip-reader.ts'
import { Refused } from '../refused.ts'
import type { TreeDraft } from './tree-draft.ts'

/** Beside its bytes each file costs an archive a header, a name record and padding. */
const PER_FILE = 4096
const SLACK = 1 << 20

/** Unpacks the archive in `file` (tar, plain or by gzip or zstd, or zip) into `draft`. Throws refusals. */
export async function fillFrom(file: string, draft: TreeDraft, limits: FillLimits): Promise<void> {
  const head = headOf(file)
  const starts = (...bytes: number[]) => bytes.every((byte, n) => head[n] === byte)
  if (starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6)) return readZip(file, draft, limits.files)
  const source = createReadStream(file)
  if (starts(0x1f, 0x8b)) return unpack([source, createGunzip()], draft, limits)
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return unpack([source, createZstdDecompress()], draft, limits)
  if (starts(0xfd, 0x37, 0x7a, 0x58) || starts(0x42, 0x5a, 0x68))
    throw new Refused('sandbox.bad-archive', 'archives by xz and bzip2 are not taken', 'pack it with gzip or zstd')
  return unpack([source], draft, limits)
}

async function unpack(stages: readonly (Readable | Transform)[], draft: TreeDraft, limits: FillLimits): Promise<void> {
  const reader = new TarReader(draft)
  const most = limits.bytes + limits.files * PER_FILE + SLACK
  let length = 0
  const last = async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      length += chunk.length
      if (length > most) throw new Refused('sandbox.too-large', `the archive unpacks to more than ${most} bytes`)
      reader.push(chunk)
    }
  }
  try {
    const [source, inflate] = stages as [Readable, Transform?]
    await (inflate === undefined ? pipeline(source, last) : pipeline(source, inflate, last))
  } catch (error) {
    if (error instanceof Refused) throw error
    throw new Refused('sandbox.bad-archive', 'the archive cannot be unpacked')
  }
  reader.finish()
}

function headOf(file: string): Uint8Array {
  const head = new Uint8Array(8)
  const fd = openSync(file, 'r')
  try {
    readSync(fd, head)
  } finally {
    closeSync(fd)
  }
  return head
}
