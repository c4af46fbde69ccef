import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { namedDraft } from '../package-named.ts'

const ARCHES = 'noarch|x86_64|i[3-6]86|aarch64|armv7hl|ppc64le|ppc64|s390x|s390|riscv64|src'
const LINE = new RegExp(`^(\\S+)-(?:(\\d+|\\(none\\)):)?([^\\s:-]+)-([^\\s-]+?)(?:\\.(${ARCHES}))?$`)

/** What a release says of the distribution that built it, and the purl's namespace. */
const BUILT_BY: readonly (readonly [RegExp, string])[] = [
  [/\.fc\d+/, 'fedora'],
  [/\.amzn\d*/, 'amzn'],
  [/\.(?:azl|cm)\d+/, 'azurelinux'],
  [/\.mga\d+/, 'mageia'],
  [/\.oe\d+/, 'openeuler'],
  [/(?:^|\.)(?:lp|bp)?15\d|\.suse/, 'opensuse'],
  [/\.ph\d+/, 'photon'],
  // `.el8`, `.el8_6` and, of a module stream, `.module+el8.7.0`.
  [/[.+_]el\d+/, 'redhat'],
]

/**
 * Reads what `rpm -qa` prints, `name-[epoch:]version-release.arch` a line. The release says who built it; `el` is said by Red Hat
 * and by those who rebuild it alike, and Red Hat is taken.
 */
export function rpmListPart(sink: ItemSink): LinePart {
  return {
    line(text, number) {
      const body = text.trim()
      if (body === '') return
      const found = LINE.exec(body)
      if (found === null) {
        sink.unmatched('wrong-shape', `line ${number}`, body)
        return
      }
      sink.recognised = true
      const [, name, epoch, version, release, arch] = found
      const place = `line ${number}`
      // Keys that packages are signed with are listed like packages.
      if (name === 'gpg-pubkey') {
        sink.unmatched('no-identity', place, body)
        return
      }
      const whole = `${version}-${release}`
      const said = sink.limits.distribution?.type === 'rpm' ? sink.limits.distribution.namespace : null
      const namespace = said ?? BUILT_BY.find(([mark]) => mark.test(release!))?.[1] ?? null
      const qualifiers = {
        ...(arch === undefined ? {} : { arch }),
        ...(epoch === undefined || epoch === '0' || epoch === '(none)' ? {} : { epoch }),
      }
      const draft = namedDraft(name!, whole, place)
      sink.draft(namespace === null ? draft : { ...draft, implied: { type: 'rpm', namespace, name: name!, qualifiers } })
    },
    end() {},
  }
}
