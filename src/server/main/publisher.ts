import type { Publisher } from '../../core/advisories/publisher.ts'

type Environment = Readonly<Record<string, string | undefined>>

export type PublisherRead =
  | { readonly ok: true; readonly publisher: Publisher }
  | { readonly ok: false; readonly key: string; readonly say: string }

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Who publishes advisories here and where, or which key is wrong and why. */
export function readPublisher(
  env: Environment,
  { name, home, contact }: Pick<Publisher, 'name' | 'home' | 'contact'>,
): PublisherRead {
  const prefix = env['WEIR_OSV_PREFIX'] ?? 'x_weir'
  if (!/^[A-Za-z][A-Za-z0-9_]{1,30}$/.test(prefix))
    return {
      ok: false,
      key: 'WEIR_OSV_PREFIX',
      say: 'A prefix of OSV ids: a letter, then letters, digits or _, for example x_example.',
    }
  const organisation = env['WEIR_CVE_CNA_ID'] ?? null
  const shortName = env['WEIR_CVE_ORG'] ?? ''
  if (organisation !== null && !(UUID.test(organisation) && /^[A-Za-z0-9_-]{2,32}$/.test(shortName)))
    return {
      ok: false,
      key: 'WEIR_CVE_CNA_ID',
      say: 'The UUID of this CVE Numbering Authority, beside WEIR_CVE_ORG, its short name.',
    }
  const cna = organisation === null ? null : { organisation, shortName }
  return { ok: true, publisher: { name: name.slice(0, 200), kind: 'coordinator', namespace: home, home, prefix, contact, cna } }
}
