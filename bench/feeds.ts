import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instant } from '../src/core/kernel/instant.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from '../src/devkit/sample-edition.ts'
import { buildTree, type TreeBuilt } from '../src/server/feeds/build-tree.ts'

export interface FeedsRow {
  readonly bench: string
  readonly [figure: string]: string | number
}

/** The public tree of that many advisories: built from nothing, built again unchanged, and with one more. */
export function* benchFeeds(count: number): Generator<FeedsRow> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-bench-'))
  const at = instant(Date.UTC(2030, 0, 1))
  const build = (advisories: number): [TreeBuilt, number] => {
    const editions = Array.from({ length: advisories }, (_, n) => sampleEdition(n + 1))
    const begun = performance.now()
    const built = buildTree({ folder, advisories: editions, publisher: SAMPLE_PUBLISHER, at })
    return [built, performance.now() - begun]
  }
  try {
    yield rowOf('first', count, build(count))
    yield rowOf('unchanged', count, build(count))
    yield rowOf('one more', count + 1, build(count + 1))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function rowOf(what: string, advisories: number, [{ files, changed, bytes }, ms]: [TreeBuilt, number]): FeedsRow {
  const figures = { files, written: changed, megabytes: Math.round(bytes / 1e5) / 10, seconds: Math.round(ms / 100) / 10 }
  return { bench: 'feeds', what, advisories, ...figures, filesPerSecond: Math.round((files / ms) * 1000) }
}
