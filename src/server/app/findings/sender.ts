import type { Finding } from '../../../core/findings/finding.ts'
import type { NeedsCode } from '../../../core/findings/refusal.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { formatPurl, parsePurl, withoutVersion } from '../../../core/kernel/purl.ts'

/** Who sends, as intake needs to know it. */
export interface Sender {
  readonly organisation: Id<'organisation'>
  readonly person: Id<'person'> | null
  /** Without an account: nothing is compared with what other strangers sent. */
  readonly anonymous: boolean
  /** Items a day. */
  readonly quota: number
  readonly actor: string
}

/** What the sender states once for all items of an upload; an item's own word goes first. */
export interface Defaults {
  readonly target: string | null
  readonly version: string | null
  readonly tool: string | null
  readonly toolVersion: string | null
  readonly model: string | null
  readonly modelVersion: string | null
  readonly humanValidated: boolean | null
  readonly aiAssisted: boolean | null
}

export const NO_DEFAULTS: Defaults = {
  target: null,
  version: null,
  tool: null,
  toolVersion: null,
  model: null,
  modelVersion: null,
  humanValidated: null,
  aiAssisted: null,
}

/** The finding with what was stated for the whole upload filled in where the item itself is silent. */
export function withDefaults(finding: Finding, defaults: Defaults): Finding {
  const { provenance } = finding
  const target = finding.target ?? targetOf(defaults)
  return {
    ...finding,
    target: target === null ? null : { ...target, version: target.version ?? defaults.version },
    provenance: {
      tool: provenance.tool ?? defaults.tool,
      toolVersion: provenance.toolVersion ?? defaults.toolVersion,
      model: provenance.model ?? defaults.model,
      modelVersion: provenance.modelVersion ?? defaults.modelVersion,
      humanValidated: provenance.humanValidated ?? defaults.humanValidated,
      aiAssisted: provenance.aiAssisted ?? defaults.aiAssisted,
    },
  }
}

/** What the item still lacks once the defaults are in. */
export function stillNeeds(needs: readonly NeedsCode[], finding: Finding): readonly NeedsCode[] {
  return finding.target === null ? needs : needs.filter((code) => code !== 'needs.target')
}

function targetOf(defaults: Defaults): Finding['target'] {
  if (defaults.target === null) return null
  const purl = parsePurl(defaults.target)
  if (!purl.ok) return { purl: null, repository: defaults.target, version: defaults.version }
  return { purl: formatPurl(withoutVersion(purl.purl)), repository: null, version: purl.purl.version ?? defaults.version }
}
