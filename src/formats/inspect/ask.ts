// A log may be larger than memory, so it is read as a generator: it asks for bytes by their place and is sent them. Whoever holds
// the file, a disk or an object store, drives it.

/** Bytes wanted of the log: `length` of them from offset `at`. */
export interface Ask {
  readonly at: number
  readonly length: number
}

/** Sent the bytes asked for; fewer when the file ends before. They may be overwritten once the next ask was made. */
export type Asking<T> = Generator<Ask, T, Uint8Array>

/** A log as its holder knows it; `name` is shown, never opened. */
export interface LogSource {
  readonly name: string
  /** In bytes. */
  readonly size: number
}
