// What each registered purl type asks of its parts, as data. Source: the machine-readable type definitions of
// package-url/purl-spec (August 2026). Where Weir departs from a definition, the row says why.

export type Presence = 'required' | 'optional' | 'prohibited'
export type Case = 'keep' | 'lower' | 'upper'

export interface TypeRule {
  readonly namespace: Presence
  readonly namespaceCase: Case
  readonly nameCase: Case
  readonly versionCase: Case
  /** What the name must look like after folding; patterns here match in linear time. */
  readonly name?: RegExp
  readonly version?: RegExp
  /** Characters of the name that count as another one. */
  readonly nameFold?: readonly (readonly [from: RegExp, to: string])[]
  /** Qualifiers the type itself defines: a strict reader takes them only as spelled here. */
  readonly qualifiers?: readonly string[]
  readonly requires?: readonly string[]
  /** The namespace is this many segments and the name is all the rest, slashes included. */
  readonly namespaceSegments?: number
  /** Namespaces under which names are not case sensitive although the type's are. */
  readonly foldUnder?: readonly string[]
  /** The name is not case sensitive where this qualifier's value holds the text. */
  readonly foldWhere?: { readonly qualifier: string; readonly holds: string }
}

/** A type nobody registered: nothing is folded, nothing is asked. */
export const UNREGISTERED: TypeRule = { namespace: 'optional', namespaceCase: 'keep', nameCase: 'keep', versionCase: 'keep' }

function rule(namespace: Presence, over: Partial<TypeRule> = {}): TypeRule {
  return { ...UNREGISTERED, namespace, ...over }
}

const lowerName = { nameCase: 'lower' } as const
const lowerBoth = { namespaceCase: 'lower', nameCase: 'lower' } as const

export const TYPE_RULES: Readonly<Record<string, TypeRule>> = {
  alpm: rule('required', { ...lowerBoth, qualifiers: ['arch'] }),
  apk: rule('required', { ...lowerBoth, qualifiers: ['arch'] }),
  bazel: rule('prohibited', { qualifiers: ['repository_url'] }),
  bitbucket: rule('required', lowerBoth),
  bitnami: rule('prohibited', { ...lowerName, qualifiers: ['arch', 'distro'] }),
  brew: rule('optional', lowerBoth),
  cargo: rule('prohibited'),
  'chrome-extension': rule('prohibited', { ...lowerName, name: /^[a-p]{32}$/, version: /^\d+(?:\.\d+){0,3}$/ }),
  cocoapods: rule('prohibited'),
  composer: rule('required', lowerBoth),
  conan: rule('optional', { qualifiers: ['user', 'channel', 'rrev', 'prev'] }),
  conda: rule('prohibited', { qualifiers: ['build', 'channel', 'subdir', 'type'] }),
  cpan: rule('optional', { namespaceCase: 'upper', name: /^(?!.*::)/s, qualifiers: ['author', 'distpath', 'ext'] }),
  cran: rule('prohibited'),
  deb: rule('required', { ...lowerBoth, qualifiers: ['arch'] }),
  docker: rule('optional'),
  gem: rule('prohibited', { qualifiers: ['platform'] }),
  generic: rule('optional'),
  // Repository paths on GitHub are not case sensitive; on other hosts they may be, as the definition says.
  git: rule('required', { namespaceSegments: 1, foldUnder: ['github', 'github.com'] }),
  github: rule('required', lowerBoth),
  // The definition requires a namespace, but the standard library and single-element module paths have none
  // (`pkg:golang/stdlib`). Case is kept: the definition marks both parts case sensitive, and so does Go.
  golang: rule('optional'),
  hackage: rule('prohibited'),
  hex: rule('optional', lowerBoth),
  huggingface: rule('required', { versionCase: 'lower' }),
  julia: rule('prohibited', { qualifiers: ['uuid'], requires: ['uuid'] }),
  luarocks: rule('optional', lowerBoth),
  maven: rule('required', { qualifiers: ['classifier', 'type'] }),
  mlflow: rule('prohibited', {
    qualifiers: ['model_uuid', 'run_id'],
    foldWhere: { qualifier: 'repository_url', holds: 'azuredatabricks' },
  }),
  npm: rule('optional'),
  nuget: rule('prohibited'),
  oci: rule('prohibited', { ...lowerName, versionCase: 'lower', qualifiers: ['arch', 'repository_url', 'tag'] }),
  opam: rule('prohibited'),
  otp: rule('prohibited', { ...lowerName, qualifiers: ['repository_url', 'platform', 'arch'] }),
  pub: rule('prohibited', { ...lowerName, nameFold: [[/[^a-z0-9_]/g, '_']] }),
  pypi: rule('prohibited', { ...lowerName, versionCase: 'lower', nameFold: [[/_/g, '-']], qualifiers: ['file_name'] }),
  qpkg: rule('required', { namespaceCase: 'lower' }),
  rpm: rule('required', { namespaceCase: 'lower', qualifiers: ['epoch', 'arch'] }),
  swid: rule('optional', {
    qualifiers: ['tag_id', 'tag_version', 'patch', 'tag_creator_name', 'tag_creator_regid'],
    requires: ['tag_id'],
  }),
  swift: rule('required'),
  vcpkg: rule('prohibited', { qualifiers: ['port_version', 'repository_revision', 'triplet'] }),
  'vscode-extension': rule('required', { ...lowerBoth, versionCase: 'lower', qualifiers: ['platform'] }),
  yocto: rule('optional', { namespaceCase: 'lower', qualifiers: ['layer_version'] }),
}

/** The rule of a type (lower case), or the one for types nobody registered. */
export function ruleOf(type: string): TypeRule {
  return Object.hasOwn(TYPE_RULES, type) ? TYPE_RULES[type]! : UNREGISTERED
}
