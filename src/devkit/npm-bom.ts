/** A CycloneDX document of npm packages by their purls, as an operator sends it; `more` stands beside the components. */
export function npmBom(purls: readonly string[], more: object = {}): string {
  const components = purls.map((purl) => {
    const [name, version] = purl.slice('pkg:npm/'.length).split('@')
    return { type: 'library', name, version, purl }
  })
  return JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components, ...more })
}
