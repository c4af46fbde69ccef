import { formatInstant } from '../../core/kernel/instant.ts'
import type { OwnDocument, OwnStatement } from './own-statement.ts'

/** What an organisation states, as an OpenVEX 0.2.0 document; what has neither purl nor CPE name cannot be named in one and is left out. */
export function ownOpenVex(statements: readonly OwnStatement[], made: OwnDocument): object {
  const at = formatInstant(made.at)
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `urn:uuid:${made.uuid}`,
    author: made.author,
    timestamp: at,
    last_updated: at,
    version: made.edition,
    tooling: 'weir',
    statements: statements.flatMap(({ flaw, ids, component, justification, detail, at: when }) => {
      const { purl, cpes } = component
      const id = purl ?? cpes[0]
      if (id === undefined) return []
      const names = ids.filter((one) => one !== flaw)
      return [
        {
          vulnerability: { name: flaw, ...(names.length === 0 ? {} : { aliases: names }) },
          products: [{ '@id': id, identifiers: purl === null ? { cpe23: id } : { purl } }],
          status: 'not_affected',
          justification,
          impact_statement: detail,
          timestamp: formatInstant(when),
        },
      ]
    }),
  }
}
