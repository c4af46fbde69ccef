import { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'

/** The compressed bytes cannot be unpacked, or unpack to more than is taken. */
export class UnpackError extends Error {
  readonly code: 'report.not-decodable' | 'report.too-large'
  constructor(code: UnpackError['code']) {
    super(code)
    this.code = code
  }
}

/**
 * Yields the plain bytes of a body that may be gzip or Zstandard, told by its first bytes. Hostile input: what it unpacks to
 * is counted as it comes and cut at `limit` bytes, so that a small bomb costs no more than a large file.
 */
export async function* unpack(source: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  const rest = source[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  while (head.length < 4) {
    const next = await rest.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  const plain = whole(head, rest)
  let taken = 0
  for await (const chunk of decoded(head, plain)) {
    taken += chunk.length
    if (taken > limit) throw new UnpackError('report.too-large')
    yield chunk
  }
}

async function* whole(head: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function* decoded(head: Uint8Array, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gzip = head[0] === 0x1f && head[1] === 0x8b
  const zstd = head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd
  if (!gzip && !zstd) return yield* plain
  const input = Readable.from(plain)
  const output = input.pipe(gzip ? createGunzip() : createZstdDecompress())
  // A failing source must end the decoder too, or the reader would wait for ever.
  input.on('error', (error) => output.destroy(error))
  try {
    yield* output as AsyncIterable<Uint8Array>
  } catch (error) {
    const code = (error as { code?: string }).code ?? ''
    if (code.startsWith('Z_') || code.startsWith('ZSTD_') || code === 'ERR_ZLIB_INITIALIZATION_FAILED')
      throw new UnpackError('report.not-decodable')
    throw error
  } finally {
    input.destroy()
  }
}
