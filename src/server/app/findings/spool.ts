import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Bytes that can be read more than once, for formats that need two passes. */
export interface Spool {
  open(): AsyncIterable<Uint8Array>
  remove(): Promise<void>
}

const IN_MEMORY = 16 << 20

/**
 * Holds what comes in: in memory while small, else in a temporary file encrypted under a key that lives in this call only,
 * so that report text never touches the disk in the clear, not even after a crash.
 */
export async function spool(source: AsyncIterable<Uint8Array>): Promise<Spool> {
  const parts: Uint8Array[] = []
  let held = 0
  const rest = source[Symbol.asyncIterator]()
  for (;;) {
    const next = await rest.next()
    if (next.done) {
      return {
        async *open() {
          yield* parts
        },
        remove: async () => {
          parts.length = 0
        },
      }
    }
    parts.push(next.value)
    held += next.value.length
    if (held > IN_MEMORY) return await onDisk(parts, rest)
  }
}

async function onDisk(parts: Uint8Array[], rest: AsyncIterator<Uint8Array>): Promise<Spool> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-spool-'))
  const path = join(folder, 'body')
  const key = randomBytes(32)
  const nonce = randomBytes(16)
  const remove = async () => {
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const cipher = createCipheriv('aes-256-ctr', key, nonce)
    const file = createWriteStream(path, { mode: 0o600 })
    const write = async (bytes: Uint8Array) => {
      if (!file.write(cipher.update(bytes))) await once(file, 'drain')
    }
    for (const part of parts.splice(0)) await write(part)
    for (let next = await rest.next(); !next.done; next = await rest.next()) await write(next.value)
    file.end(cipher.final())
    await once(file, 'close')
  } catch (error) {
    await remove()
    throw error
  }
  return { open: () => createReadStream(path).pipe(createDecipheriv('aes-256-ctr', key, nonce)), remove }
}
