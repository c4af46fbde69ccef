/** Names known to be one thing, from pairs that somebody stated: each name with all others it is joined to, itself first. */
export function sameNames(pairs: Iterable<readonly [string, string]>): (name: string) => readonly string[] {
  const groups = new Map<string, Set<string>>()
  for (const [a, b] of pairs) {
    const [one, other] = [groups.get(a) ?? new Set([a]), groups.get(b) ?? new Set([b])]
    if (one === other) continue
    // The smaller into the larger, so that a long chain of pairs stays cheap.
    const [large, small] = one.size >= other.size ? [one, other] : [other, one]
    for (const name of small) {
      large.add(name)
      groups.set(name, large)
    }
    for (const name of [a, b]) groups.set(name, large)
  }
  return (name) => {
    const group = groups.get(name)
    return group === undefined ? [name] : [name, ...[...group].filter((one) => one !== name)]
  }
}
