import { closeSync, createReadStream, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Leaf } from '../depot/tree-digest.ts'
import { writeWhole } from '../wire/intake.ts'

const BLOCK = 512
const NAME = 100

/** Writes the plain files and folders of a tree as a ustar archive with pax names, into the new file `to`; answers its bytes. */
export async function writeTar(folder: string, leaves: ReadonlyMap<string, Leaf>, to: string): Promise<number> {
  const fd = openSync(to, 'wx', 0o640)
  let length = 0
  const put = (bytes: Uint8Array) => {
    writeWhole(fd, bytes)
    length += bytes.length
  }
  try {
    // Sorted, so that equal trees make equal archives; a folder sorts before what is in it.
    for (const path of [...leaves.keys()].sort()) {
      const leaf = leaves.get(path)!
      if (leaf.kind === 'link') continue
      put(header(path, leaf))
      if (leaf.kind === 'folder') continue
      for await (const chunk of createReadStream(join(folder, path))) put(chunk as Buffer)
      put(new Uint8Array(padding(leaf.size)))
    }
    put(new Uint8Array(2 * BLOCK))
    return length
  } finally {
    closeSync(fd)
  }
}

function header(path: string, leaf: Leaf): Uint8Array {
  const name = leaf.kind === 'folder' ? `${path}/` : path
  const mode = leaf.kind === 'folder' || leaf.executable ? 0o755 : 0o644
  const plain = block(Buffer.from(name).subarray(0, NAME), mode, leaf.size, leaf.mtime, leaf.kind === 'folder' ? '5' : '0')
  if (Buffer.byteLength(name) <= NAME) return plain
  const record = paxRecord('path', name)
  return Buffer.concat([
    block(Buffer.from('pax'), 0o644, record.length, 0, 'x'),
    record,
    Buffer.alloc(padding(record.length)),
    plain,
  ])
}

function block(name: Uint8Array, mode: number, size: number, mtime: number, type: string): Buffer {
  const out = Buffer.alloc(BLOCK)
  out.set(name, 0)
  const octal = (value: number, at: number, length: number) => {
    const digits = Math.max(0, Math.floor(value)).toString(8)
    if (digits.length < length) out.write(`${digits.padStart(length - 1, '0')}\0`, at, 'latin1')
    else {
      // GNU's binary form, for sizes from 8 GiB.
      out.writeUInt8(0x80, at)
      out.writeBigUInt64BE(BigInt(Math.floor(value)), at + length - 8)
    }
  }
  octal(mode, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(size, 124, 12)
  octal(mtime, 136, 12)
  out.write('        ', 148, 'latin1')
  out.write(type, 156, 'latin1')
  out.write('ustar\0', 257, 'latin1')
  out.write('00', 263, 'latin1')
  octal(
    out.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  )
  return out
}

/** A record whose length counts its own digits. */
function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + String(rest).length
  length = rest + String(length).length
  return Buffer.from(`${length} ${key}=${value}\n`)
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}
