import { DISTRIBUTIONS, ECOSYSTEM_FAMILIES } from './ecosystem-names.ts'

/**
 * One key for one package, whoever names it: purl type (and distribution), then the name folded as the ecosystem folds it, for
 * example `pypi/ruamel-yaml`, `maven/org.apache:x`, `deb/debian/openssl`. The release after `:` is not part of it. Never throws.
 */
export function packageKey(ecosystem: string, name: string): string {
  const family = familyOf(ecosystem)
  return `${family}/${foldedName(family, name)}`
}

/** The purl type, with the distribution where there is one, that an ecosystem's name stands for; `other:` before names nobody knows. */
export function familyOf(ecosystem: string): string {
  const colon = ecosystem.indexOf(':')
  const plain = (colon < 0 ? ecosystem : ecosystem.slice(0, colon)).trim().toLowerCase()
  return ECOSYSTEM_FAMILIES.get(plain) ?? `other:${plain}`
}

/** The family that a key begins with: `npm`, `deb/debian`. */
export function familyOfKey(key: string): string {
  const slash = key.indexOf('/')
  const type = key.slice(0, slash)
  return type === 'deb' || type === 'apk' || type === 'rpm' ? key.slice(0, key.indexOf('/', slash + 1)) : type
}

/** The key of a purl's type, namespace and name (decoded). */
export function keyOfParts(type: string, namespace: string, name: string): string {
  if (type === 'deb' || type === 'apk' || type === 'rpm') {
    const folded = namespace.toLowerCase()
    const family = `${type}/${DISTRIBUTIONS.get(folded) ?? folded}`
    return `${family}/${foldedName(family, name)}`
  }
  if (type === 'github') return `githubactions/${foldedName('githubactions', `${namespace}/${name}`)}`
  const whole = namespace === '' || type === 'conan' ? name : `${namespace}${type === 'maven' ? ':' : '/'}${name}`
  return `${type}/${foldedName(type, whole)}`
}

function foldedName(family: string, name: string): string {
  switch (family) {
    case 'pypi':
      // PEP 503.
      return name.toLowerCase().replace(/[-_.]+/g, '-')
    case 'cargo':
      // crates.io holds no two crates that differ in this only.
      return name.toLowerCase().replaceAll('_', '-')
    case 'maven':
      return name.includes(':') ? name : name.replace('/', ':')
    case 'npm':
    case 'gem':
      // Old packages differ by case only.
      return name
    case 'swift':
      return name
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/\.git$/, '')
    case 'githubactions':
      return name.toLowerCase().split('/', 2).join('/')
    case 'vscode-extension':
      // `publisher.extension` in databases, `publisher/extension` in purls.
      return name.toLowerCase().replace('/', '.')
    case 'golang':
      // `pkg:golang/std` is what tools of CycloneDX call the standard library.
      return name === 'std' ? 'stdlib' : name.toLowerCase()
    // Go's paths keep their case, but no two of them differ by it only, and tools that follow older purl rules fold it.
    default:
      return name.toLowerCase()
  }
}
