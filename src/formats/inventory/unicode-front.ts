const NOTHING = new Uint8Array(0)

/**
 * Makes UTF-8 without a byte order mark of bytes that begin with one: UTF-16 is written by tools on Windows. Without a mark the bytes
 * pass as they are. Memory: two bytes and the chunk.
 */
export class UnicodeFront {
  private head: Uint8Array | null = NOTHING
  private decoder: TextDecoder | null = null
  private readonly encoder = new TextEncoder()

  push(chunk: Uint8Array): Uint8Array {
    if (this.head === null)
      return this.decoder === null ? chunk : this.encoder.encode(this.decoder.decode(chunk, { stream: true }))
    const head = new Uint8Array(this.head.length + chunk.length)
    head.set(this.head)
    head.set(chunk, this.head.length)
    this.head = head
    return head.length < 3 ? NOTHING : this.begin()
  }

  end(): Uint8Array {
    if (this.head !== null) return this.begin()
    return this.decoder === null ? NOTHING : this.encoder.encode(this.decoder.decode())
  }

  private begin(): Uint8Array {
    const head = this.head ?? NOTHING
    this.head = null
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return head.subarray(3)
    const little = head[0] === 0xff && head[1] === 0xfe
    if (!little && !(head[0] === 0xfe && head[1] === 0xff)) return head
    this.decoder = new TextDecoder(little ? 'utf-16le' : 'utf-16be')
    return this.encoder.encode(this.decoder.decode(head, { stream: true }))
  }
}
