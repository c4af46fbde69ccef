/** Bytes that are there already, as a stream of one piece. */
export async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** All of a stream, for texts; null past `most` bytes, and no more of it is read. */
export async function readWhole(source: AsyncIterable<Uint8Array>, most: number): Promise<Buffer | null> {
  const parts: Uint8Array[] = []
  let held = 0
  for await (const part of source) {
    held += part.length
    if (held > most) return null
    parts.push(part)
  }
  return Buffer.concat(parts)
}
