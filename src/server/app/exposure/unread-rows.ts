/** Rows that cannot be read, by the version that could not, and who is told of them. */
export interface Unread {
  readonly told: Map<string, number>
  readonly onError: (error: unknown) => void
}

/** Reads one row. One that cannot be read is told once and passed over until another version of it comes: the others are read all the same. */
export function readOrTell(
  { id, version }: { readonly id: string; readonly version: number },
  { told, onError }: Unread,
  read: () => void,
): void {
  try {
    read()
    told.delete(id)
  } catch (error) {
    told.set(id, version)
    onError(error)
  }
}
