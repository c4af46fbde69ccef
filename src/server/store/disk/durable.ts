import { closeSync, fchmodSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Makes the names in `folder` survive a power cut. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Puts `bytes` in the file of that name, 0600, whole or not at all, and returns once it would survive a power cut. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  const draft = writeDraft(path, bytes)
  renameSync(draft, path)
  syncFolder(dirname(path))
}

/** The same for a file that must not exist yet; throws EEXIST when it does. */
export function createFile(path: string, bytes: Uint8Array): void {
  const draft = writeDraft(path, bytes)
  try {
    linkSync(draft, path)
  } finally {
    rmSync(draft, { force: true })
  }
  syncFolder(dirname(path))
}

// One process owns the folder, so a draft left by a crash is simply written over.
function writeDraft(path: string, bytes: Uint8Array): string {
  const draft = join(dirname(path), `.${basename(path)}.draft`)
  const fd = openSync(draft, 'w', 0o600)
  try {
    fchmodSync(fd, 0o600)
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  return draft
}
