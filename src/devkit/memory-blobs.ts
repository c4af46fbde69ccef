import { BlobMissing, type BlobName, type BlobStore } from '../server/store/blobs/blob-store.ts'

/** Blobs that end with the process. `held` lets a test look at and spoil what is stored. */
export function memoryBlobs(held = new Map<BlobName, Buffer>()): BlobStore {
  return {
    async draft() {
      const parts: Buffer[] = []
      return {
        async append(bytes) {
          parts.push(Buffer.from(bytes))
        },
        async commit(name) {
          if (!held.has(name)) held.set(name, Buffer.concat(parts))
        },
        async abandon() {},
      }
    },
    async *read(name) {
      const bytes = held.get(name)
      if (bytes === undefined) throw new BlobMissing(name)
      yield bytes
    },
    has: async (name) => held.has(name),
    async delete(name) {
      held.delete(name)
    },
    async *names() {
      yield* held.keys()
    },
  }
}
