import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder of files for `weir exposure`, and what a person would find in it. */
export interface ExposureShell {
  readonly folder: string
  /** Writes a file and answers its path; what is no text is written as JSON. */
  readonly file: (name: string, content: unknown) => string
  readonly remove: () => void
}

/** A fresh folder below the system's own for temporary files. */
export function exposureShell(): ExposureShell {
  const folder = mkdtempSync(join(tmpdir(), 'weir-exposure-'))
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content))
    return path
  }
  return { folder, file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** An OSV record of an npm package, affected from the beginning to `fixed`. */
export function osvOf(id: string, name: string, fixed: string | null, more: object = {}): object {
  const events = [{ introduced: '0' }, ...(fixed === null ? [] : [{ fixed }])]
  const affected = [{ package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events }] }]
  return { id, modified: '2026-01-02T03:04:05Z', summary: `A flaw in ${name}`, affected, ...more }
}

/** A CycloneDX inventory of npm packages, written as `name@version`. */
export function bomOf(packages: readonly string[], more: object = {}): object {
  const components = packages.map((one) => {
    const at = one.lastIndexOf('@')
    return {
      type: 'library',
      name: one.slice(0, at),
      version: one.slice(at + 1),
      purl: `pkg:npm/${one.slice(0, at).replace('@', '%40')}@${one.slice(at + 1)}`,
    }
  })
  return { bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, components, ...more }
}

/** A small feed of packages `left`, `right` and `far`: two databases name one flaw, one record has no fix, one was withdrawn. */
export const SMALL_FEED: string = [
  osvOf('GHSA-aaaa-bbbb-cccc', 'left', '1.2.0', { aliases: ['CVE-2026-1001'] }),
  osvOf('CVE-2026-1001', 'left', '1.2.1'),
  osvOf('GHSA-dddd-eeee-ffff', 'left', '2.0.0', { aliases: ['CVE-2026-1002'] }),
  osvOf('OTHER-1', 'right', null),
  osvOf('GHSA-gggg-hhhh-jjjj', 'far', '9.0.0', { withdrawn: '2026-01-03T00:00:00Z' }),
]
  .map((one) => JSON.stringify(one))
  .join('\n')

/** An inventory that the small feed speaks of, and of one package more. */
export const SMALL_BOM: object = bomOf(['left@1.0.0', 'right@3.0.0', 'far@1.0.0', 'other@1.0.0'])
