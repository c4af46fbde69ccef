import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Check } from './complaint.ts'

/** Runs `check` on a tree of its own that holds just `files`, and takes the tree away again. */
export function onTree(check: Check, files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'weir-check-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return check(root).map(({ at, says }) => `${at}: ${says}`)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

/** Each planted violation draws a complaint that matches; the sound tree beside it draws none. */
export function assertCatches(
  check: Check,
  sound: Readonly<Record<string, string>>,
  planted: readonly (readonly [Readonly<Record<string, string>>, RegExp])[],
): void {
  assert.deepEqual(onTree(check, sound), [], 'a sound tree draws no complaint')
  for (const [files, expected] of planted) {
    const complaints = onTree(check, { ...sound, ...files })
    assert.ok(
      complaints.some((one) => expected.test(one)),
      `nothing says ${expected} of ${Object.keys(files)}: ${complaints.join(' · ') || 'no complaint'}`,
    )
  }
}
