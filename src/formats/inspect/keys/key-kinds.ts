/** One kind of key, told from its beginning. */
export interface KeyKind {
  readonly kind: string
  /** Without regard to case; what it stands in is judged by `pattern`. */
  readonly prefix: string
  /**
   * Held against the prefix and what follows it without a break (`KEY_RUN` bytes in all). Its first group stays, the rest of
   * the match is the key.
   */
  readonly pattern: RegExp
  /** Letters and digits may stand right before it. */
  readonly anywhere?: boolean
  /** The rest of a name, and what separates it from its value, may stand between the prefix and the key. */
  readonly named?: boolean
  /** Words may look like it, so it must hold a digit. */
  readonly digit?: boolean
}

/** A key is known by so many bytes from its prefix on; what goes on after them belongs to it. */
export const KEY_RUN = 224

export const PRIVATE_KEY = 'private key'

const named = (prefix: string): KeyKind => ({
  kind: 'named key',
  prefix,
  pattern: /^([a-z_-]{6,24}[\\"' :=]{1,12})(?!sk-|AKIA|ASIA|AIza|gh[pousr]_|github_pat_|hf_|eyJ|xox)[\w+/=.-]{20,}/i,
  anywhere: true,
  named: true,
  digit: true,
})

/** How the usual providers' keys begin, and what else opens a door. More than one row may have one prefix: the first that fits counts. */
export const KEY_KINDS: readonly KeyKind[] = [
  { kind: 'Anthropic key', prefix: 'sk-', pattern: /^()sk-ant-[\w-]{16,}/ },
  { kind: 'OpenRouter key', prefix: 'sk-', pattern: /^()sk-or-[\w-]{16,}/ },
  { kind: 'OpenAI key', prefix: 'sk-', pattern: /^()sk-[\w-]{20,}/, digit: true },
  { kind: 'AWS access key id', prefix: 'akia', pattern: /^()AKIA[A-Z0-9]{16}(?!\w)/ },
  { kind: 'AWS access key id', prefix: 'asia', pattern: /^()ASIA[A-Z0-9]{16}(?!\w)/ },
  {
    kind: 'AWS secret key',
    prefix: 'aws_secret_access_key',
    pattern: /^(\w{21}[\\"' :=]{1,12})[A-Za-z0-9+/]{40}/,
    anywhere: true,
    named: true,
  },
  { kind: 'Google key', prefix: 'aiza', pattern: /^()AIza[\w-]{35}/ },
  { kind: 'Google token', prefix: 'ya29.', pattern: /^()ya29\.[\w-]{20,}/ },
  { kind: 'GitHub token', prefix: 'ghp_', pattern: /^()ghp_[A-Za-z0-9]{36,}/ },
  { kind: 'GitHub token', prefix: 'gho_', pattern: /^()gho_[A-Za-z0-9]{36,}/ },
  { kind: 'GitHub token', prefix: 'ghu_', pattern: /^()ghu_[A-Za-z0-9]{36,}/ },
  { kind: 'GitHub token', prefix: 'ghs_', pattern: /^()ghs_[A-Za-z0-9]{36,}/ },
  { kind: 'GitHub token', prefix: 'ghr_', pattern: /^()ghr_[A-Za-z0-9]{36,}/ },
  { kind: 'GitHub token', prefix: 'github_pat_', pattern: /^()github_pat_\w{30,}/ },
  { kind: 'GitLab token', prefix: 'glpat-', pattern: /^()glpat-[\w-]{20,}/ },
  { kind: 'Hugging Face token', prefix: 'hf_', pattern: /^()hf_[A-Za-z0-9]{30,}/ },
  { kind: 'Groq key', prefix: 'gsk_', pattern: /^()gsk_[A-Za-z0-9]{40,}/ },
  { kind: 'xAI key', prefix: 'xai-', pattern: /^()xai-[A-Za-z0-9]{40,}/ },
  { kind: 'Perplexity key', prefix: 'pplx-', pattern: /^()pplx-[A-Za-z0-9]{40,}/ },
  { kind: 'NVIDIA key', prefix: 'nvapi-', pattern: /^()nvapi-[\w-]{40,}/ },
  { kind: 'Replicate token', prefix: 'r8_', pattern: /^()r8_[A-Za-z0-9]{37,}/ },
  { kind: 'Slack token', prefix: 'xox', pattern: /^()xox[abeoprs]-[\w-]{16,}/, digit: true },
  { kind: 'npm token', prefix: 'npm_', pattern: /^()npm_[A-Za-z0-9]{36,}/ },
  { kind: 'PyPI token', prefix: 'pypi-', pattern: /^()pypi-AgE[\w-]{40,}/ },
  { kind: 'Stripe key', prefix: 'sk_live_', pattern: /^()sk_live_[A-Za-z0-9]{20,}/ },
  { kind: 'Stripe key', prefix: 'rk_live_', pattern: /^()rk_live_[A-Za-z0-9]{20,}/ },
  { kind: 'SendGrid key', prefix: 'sg.', pattern: /^()SG\.[\w-]{16,}\.[\w-]{16,}/ },
  { kind: 'age secret key', prefix: 'age-secret-key-1', pattern: /^()AGE-SECRET-KEY-1[A-Z0-9]{50,}/i },
  { kind: 'JSON web token', prefix: 'eyj', pattern: /^()eyJ[\w-]{8,}\.eyJ[\w-]{8,}[\w.-]*/ },
  {
    kind: 'bearer token',
    prefix: 'bearer ',
    pattern: /^(bearer )(?!sk-|AKIA|ghp_|github_pat_|hf_|eyJ|xox)[\w.~+/=-]{20,}/i,
    digit: true,
  },
  named('api_key'),
  named('api-key'),
  named('apikey'),
  named('access_token'),
  named('auth_token'),
  named('secret_key'),
  named('client_secret'),
  {
    kind: PRIVATE_KEY,
    prefix: '-----begin ',
    pattern: /^(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)/,
    anywhere: true,
  },
]
