import { CRASH_LOG } from './crash/crash-log.ts'
import { CVE } from './cve/format.ts'
import type { Format, FormatName } from './format.ts'
import { GHSA } from './ghsa/format.ts'
import { OSV } from './osv/format.ts'
import { SARIF } from './sarif/format.ts'
import { WEIR, WEIR_LINES } from './weir/format.ts'

const FORMATS: Readonly<Record<FormatName, Format>> = {
  weir: WEIR,
  'weir-ndjson': WEIR_LINES,
  sarif: SARIF,
  osv: OSV,
  ghsa: GHSA,
  cve: CVE,
  'crash-log': CRASH_LOG,
}

/** The readers of a format: its first pass where it needs two, and the pass that gives the items. */
export function formatNamed(name: FormatName): Format {
  return FORMATS[name]
}
