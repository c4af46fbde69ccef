const HEX = /^[0-9a-f]{16,256}$/

/** A hash as a mark, `sha256:…`, whichever way a format spells the algorithm; null where it is no hexadecimal hash. */
export function hashMark(algorithm: string | null, value: string | null): string | null {
  if (algorithm === null || value === null) return null
  const hex = value.trim().toLowerCase()
  if (!HEX.test(hex) || algorithm.length > 20) return null
  // SHA-256, SHA256 and sha256 are one; SHA3-256 and BLAKE2b-256 keep their dash, as SPDX and CycloneDX both write it.
  const name = algorithm.toLowerCase().replace(/_/g, '-')
  return `${/^(?:sha-?\d{1,3}|md-?\d)$/.test(name) ? name.replace('-', '') : name}:${hex}`
}
