const ALIAS =
  /^(?:CVE-\d{4}-\d{4,12}|GHSA(?:-[23456789CFGHJMPQRVWX]{4}){3}|(?:OSV|PYSEC|RUSTSEC|GO|MAL|DSA|USN|RHSA|GCVE|EUVD|OSS-FUZZ)-[A-Z0-9:.-]{3,40})$/

/** Public names of a flaw in upper case, sorted, each once, at most 16; what is shaped like none is left out. */
export function normaliseAliases(aliases: readonly string[]): string[] {
  const out = new Set<string>()
  for (const alias of aliases.slice(0, 256)) {
    const name = alias.slice(0, 64).trim().toUpperCase()
    if (ALIAS.test(name)) out.add(name)
    if (out.size >= 16) break
  }
  return [...out].sort()
}

/** Whether both name CVEs and none in common: whoever assigned them saw two flaws. */
export function contradict(a: readonly string[], b: readonly string[]): boolean {
  const [one, two] = [a.filter(isCve), b.filter(isCve)]
  return one.length > 0 && two.length > 0 && !one.some((name) => two.includes(name))
}

function isCve(alias: string): boolean {
  return alias.startsWith('CVE-')
}
