interface Contradicted {
  readonly why: string
  readonly lines: readonly string[]
}

const LEGACY = 'packaging 26.2 refuses what the standard calls legacy, and so does pip'

/** Legacy versions that both files of PyPI have. */
const NAMED = [
  '0.1-bulbasaur < 0.1-charmander',
  '0.1-charmander < 0.9-doduo',
  '0.9-doduo < 0.9-eevee',
  '0.9-eevee < 0.9-fearow',
  '0.9-fearow < 0.9-gyarados',
  '0.9-gyarados < 0.9-horsea',
  '0.9-horsea < 0.9-ivysaur',
  '0.9-ivysaur < 1.0',
]

/** Lines of the version order fixtures, by file, that the ecosystem's own tool contradicts or refuses: asked of that tool, on Debian 12. */
export const CONTRADICTED: ReadonlyMap<string, Contradicted> = new Map<string, Contradicted>([
  [
    'maven-versions',
    {
      why: "Maven 3.8.7's ComparableVersion says 1-1 is newer than 1-ga-1",
      lines: ['1-1 = 1-ga-1'],
    },
  ],
  [
    'packagist-versions',
    {
      why: 'composer/semver 3.3 makes 1.0 and 1.0.0 the same four numbers before it compares, and refuses a #',
      lines: ['1.0.0 > 1.0', '1.2.3.# = 1.2.3.1'],
    },
  ],
  [
    'packagist-versions-generated',
    {
      why: 'composer/semver 3.3 makes four numbers of 3.0, knows ALPHA and BETA in capitals, and takes -stable for a release',
      lines: [
        'v3.0 < v3.0.0-beta',
        'v3.4 < v3.4.0-alpha',
        'v4-beta4 < v4.0-alpha',
        'v1.9.0-ALPHA.1 = v1.9.0-BETA.1',
        'v1.9.0-BETA.1 < v1.9.0-ALPHA.2',
        'v1.9.0-ALPHA.2 = v1.9.0-BETA.2',
        '5.1.0-stable < 5.1.0-beta2',
        'v4.4 < v4.4.0-beta',
        'v6.5 < v6.5.0-beta-0',
        'v6.6 < v6.6.0-beta',
      ],
    },
  ],
  [
    'pypi-versions',
    {
      why: LEGACY,
      lines: [
        ...NAMED,
        '-class.-jw.util.version.version-pre < 1.0',
        '-class.-jw.util.version.version-preview < 1.0',
        '-class.-jw.util.version.version-dev < 1.0',
      ],
    },
  ],
  [
    'pypi-versions-generated',
    {
      why: LEGACY,
      lines: [
        ...NAMED,
        '2.0.1rc2-git < 0.8',
        '0.7.1.fix1 < 0.7.4.svn.r2010',
        '0.7.4.svn.r2010 < 0.6.4',
        '2013-01-21T20:33:09+0100 < 2013-01-23T17:11:52+0100',
        '2013-01-23T17:11:52+0100 < 2013-02-01T20:50:46+0100',
        '2013-02-01T20:50:46+0100 < 2013-02-02T19:59:03+0100',
        '2013-02-02T19:59:03+0100 < 2013-02-02T20:23:17+0100',
        '2013-02-02T20:23:17+0100 < 2013-02-08T17:40:57+0000',
        '2013-02-08T17:40:57+0000 < 2013-03-27T16:32:26+0100',
        '2013-03-27T16:32:26+0100 < 2013-05-09T12:47:53+0200',
        '2013-05-09T12:47:53+0200 < 2013-05-10T17:55:56+0200',
        '2013-05-10T17:55:56+0200 < 2013-05-14T20:16:05+0200',
        '2013-05-14T20:16:05+0200 < 2013-06-01T10:32:51+0200',
        '2013-06-01T10:32:51+0200 < 2013-07-19T09:11:08+0000',
        '2013-07-19T09:11:08+0000 < 2013-08-12T21:48:56+0200',
        '2013-08-12T21:48:56+0200 < 2013-09-11T19-27-10',
        '2013-09-11T19-27-10 < 2013-12-23T17-51-15',
        '2013-12-23T17-51-15 < 2014-01-12T15-52-10',
        '2014-01-12T15-52-10 < 0.2016.3.21',
        '0.0.1-test1 < 3.0.0a4',
        '0.7.10p1 < 0.7.11p1',
        '0.7.11p1 < 0.7.11p2',
        '0.7.11p2 < 0.7.11p3',
        '0.7.11p3 < 0.8.1p1',
        '0.8.1p1 < 0.8.3p1',
        '0.8.3p1 < 0.8.4p1',
        '0.8.4p1 < 0.8.4p2',
        '0.8.4p2 < 0.8.6p1',
        '0.8.6p1 < 0.8.7p1',
        '0.8.7p1 < 0.7.3',
        '-class.-jw.util.version.Version- < 1.0.dev1',
        'trunk < 3.2.3',
        '0.3m1 < 0.3m2',
        '0.3m2 < 0.3m3',
        '0.3m3 < 0.3m4',
        '0.3m4 < 0.3m5',
        '0.3m5 < 0.4m1',
        '0.4m1 < 0.4m2',
        '0.4m2 < 0.4m3',
        '0.4m3 < 0.4m4',
        '0.4m4 < 0.4m5',
        '0.4m5 < 0.5m1',
        '0.5m1 < 0.5m2',
        '0.5m2 < 0.5m3',
        '0.5m3 < 0.5m4',
        '0.5m4 < 0.5m5',
        '0.5m5 < 0.6m1',
        '0.6m1 < 0.6m2',
        '0.6m2 < 0.6m3',
        '0.6m3 < 0.6m4',
        '0.6m4 < 0.6m5',
        '0.6m5 < 0.6m6',
        '0.6m6 < 0.2rc0',
        '1.3.1-STAGING < 0.0.1',
        '4.11-final < 5.0-final',
        '5.0-final < 5.1',
        'a3 < 2.0b1',
        '2.0.0-final < 0.10',
        '1.0beta6.1 < 1.0b6',
        '0.3.1-p1 < 0.4.0-p1',
        '0.4.0-p1 < 0.0.1',
      ],
    },
  ],
  [
    'rubygems-versions',
    {
      why: 'Gem::Version of RubyGems 3.3 refuses a word that no dot sets apart from the number',
      lines: ['1 > 1beta', '1 > 1gamma'],
    },
  ],
])
