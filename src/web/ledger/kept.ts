const KEY = 'weir.ledger.key'
const NOTE = 'weir.ledger.checkpoint'

/** What this browser saw of the log before: the only memory that a server with two faces cannot change. */
export function keptCheckpoint(): string | null {
  return read(NOTE)
}

/** Keeps a checkpoint that was verified, for the next visit. */
export function keepCheckpoint(note: string): void {
  write(NOTE, note)
}

/** Whether the log's key is the one this browser saw first; the first sight is kept. */
export function keyNote(key: string): { readonly say: string; readonly ok: boolean } {
  const before = read(KEY)
  if (before === null) {
    write(KEY, key)
    return { say: 'The log’s key is seen here for the first time; it is kept and compared from now on.', ok: true }
  }
  if (before === key) return { say: 'The log’s key is the one this browser saw before.', ok: true }
  return { say: 'The log’s key is not the one this browser saw before. Ask why before you rely on it.', ok: false }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // Storage is closed: every visit is the first.
  }
}
