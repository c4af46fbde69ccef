import { type Draft, draftChars } from '../draft.ts'
import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { namedDraft } from '../package-named.ts'
import { debianRelease } from './debian-release.ts'

const WANTED: ReadonlySet<string> = new Set(['package', 'version', 'architecture', 'status', 'source', 'maintainer'])

/**
 * Reads dpkg's status file: each paragraph of an installed package. The file does not say which distribution it is of: where Ubuntu
 * maintains a quarter of them all are Ubuntu's, and Debian is taken otherwise; the release is that of the package `base-files`. Held to
 * the end for both, within `heldChars`.
 */
export function dpkgStatusPart(sink: ItemSink): LinePart {
  const packages = new DebianPackages(sink)
  let fields = new Map<string, string>()
  let from = 1
  const close = (): void => {
    const name = fields.get('package')
    const stated = fields
    fields = new Map()
    if (name === undefined) return
    sink.recognised = true
    // Only its settings are left, or nothing. What is unpacked or half configured is there; so is all in a list without states.
    if (/(?:config-files|not-installed)$/.test(stated.get('status') ?? '')) return
    packages.take(
      {
        name,
        version: stated.get('version') ?? null,
        arch: stated.get('architecture') ?? null,
        upstream: upstreamOf(stated.get('source'), stated.get('version')),
      },
      (stated.get('maintainer') ?? '').toLowerCase().includes('ubuntu'),
      from,
    )
  }
  return {
    line(text, number) {
      if (text.trim() === '') {
        close()
        return
      }
      if (fields.size === 0) from = number
      const colon = text.indexOf(':')
      if (colon <= 0 || text.startsWith(' ')) return
      const key = text.slice(0, colon).toLowerCase()
      if (WANTED.has(key) && !fields.has(key)) fields.set(key, text.slice(colon + 1).trim())
    },
    end() {
      close()
      packages.end()
    },
  }
}

/** `glibc (2.36-9)`: the source package, and its version where it differs from the package's. */
function upstreamOf(source: string | undefined, version: string | undefined): string | null {
  const found = /^(\S+)(?:\s+\((\S+)\))?$/.exec(source ?? '')
  if (found === null) return null
  return found[2] === undefined || found[2] === version ? found[1]! : `${found[1]}@${found[2]}`
}

export interface DebianPackage {
  readonly name: string
  readonly version: string | null
  readonly arch: string | null
  readonly upstream: string | null
}

/** Debian's packages or Ubuntu's, which is known when all have been seen. */
export class DebianPackages {
  private readonly sink: ItemSink
  private readonly held: Draft[] = []
  private heldChars = 0
  private seen = 0
  private ofUbuntu = 0
  private release: string | null = null

  constructor(sink: ItemSink) {
    this.sink = sink
  }

  take({ name, version, arch, upstream }: DebianPackage, ubuntu: boolean, line: number): void {
    this.seen++
    if (ubuntu) this.ofUbuntu++
    if (name === 'base-files' && version !== null) this.release = debianRelease(version)
    const draft: Draft = { ...namedDraft(name, version, `line ${line}`), upstream, implied: this.implied(name, arch) }
    this.heldChars += draftChars(draft)
    if (this.held.length < this.sink.limits.held && this.heldChars <= this.sink.limits.heldChars) this.held.push(draft)
    else this.sink.draft(draft)
  }

  end(): void {
    const namespace = this.ubuntu ? 'ubuntu' : 'debian'
    const distro: Record<string, string> = this.release === null ? {} : { distro: `${namespace}-${this.release}` }
    for (const draft of this.held) {
      const implied = draft.implied!
      this.sink.draft({ ...draft, implied: { ...implied, namespace, qualifiers: { ...implied.qualifiers, ...distro } } })
    }
  }

  private get ubuntu(): boolean {
    return 4 * this.ofUbuntu > this.seen
  }

  private implied(name: string, arch: string | null): Draft['implied'] {
    return { type: 'deb', namespace: this.ubuntu ? 'ubuntu' : 'debian', name, qualifiers: arch === null ? {} : { arch } }
  }
}
