import { createHash } from 'node:crypto'
import type { Ground } from '../../ground.ts'
import { BlobTooLarge, putBlob } from '../../store/blobs/sealed-blob.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { type Answer, denied, done } from '../answer.ts'

export interface PutStream {
  readonly blob: string
  readonly bytes: number
  /** `sha256:` and hex of the plaintext. */
  readonly digest: string
}

/** Seals a stream of at most `limit` bytes into the blob store and says its digest; an empty or a too large one is refused. */
export async function putStream(
  ground: Pick<Ground, 'blobs' | 'keys' | 'random'>,
  key: DataKey,
  content: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Answer<PutStream>> {
  const hash = createHash('sha256')
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      hash.update(piece)
      yield piece
    }
  }
  try {
    const { name, bytes } = await putBlob(ground.blobs, ground.keys, key, hashed(), limit, ground.random)
    if (bytes === 0) return denied('request.invalid', 'The body is empty: send the file itself.')
    return done({ blob: name, bytes, digest: `sha256:${hash.digest('hex')}` })
  } catch (error) {
    if (!(error instanceof BlobTooLarge)) throw error
    return denied('request.too-large', `Not stored. This address takes at most ${limit >> 20} MiB.`)
  }
}
