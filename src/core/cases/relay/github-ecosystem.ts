import type { Purl } from '../../kernel/purl/parts.ts'

// `security-advisory-ecosystems` of GitHub's REST description (github/rest-api-description, components.schemas), by purl type.
const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ['gem', 'rubygems'],
  ['npm', 'npm'],
  ['pypi', 'pip'],
  ['maven', 'maven'],
  ['nuget', 'nuget'],
  ['composer', 'composer'],
  ['golang', 'go'],
  ['cargo', 'rust'],
  ['hex', 'erlang'],
  ['githubactions', 'actions'],
  ['pub', 'pub'],
  ['swift', 'swift'],
])

/** What GitHub calls a package: its ecosystem, `other` for those it does not list, and the name as used there. */
export function githubPackage({ type, namespace, name }: Purl): { readonly ecosystem: string; readonly name: string } {
  const between = type === 'maven' ? ':' : '/'
  return { ecosystem: ECOSYSTEMS.get(type) ?? 'other', name: namespace === null ? name : `${namespace}${between}${name}` }
}
