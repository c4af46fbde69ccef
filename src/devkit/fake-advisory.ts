import type { AdvisoryAct, AdvisoryPreview, AdvisoryRow, AdvisoryView } from '../contract/shapes/advisory.ts'
import { completeness, FORMATS, MISSING } from '../core/advisories/completeness.ts'
import type { AdvisoryContent } from '../core/advisories/content.ts'
import { at } from './fake-case-cast.ts'
import type { FakeAnswer } from './fake-project.ts'
import { HOSTILE, idOf } from './fake-world.ts'
import { SAMPLE_PUBLISHER } from './sample-edition.ts'

const ok = (body: unknown, code = 200): FakeAnswer => ({ code, body })
const CASE = idOf('case', 1)

/** One published advisory for everyone, and a draft of the invented case. */
export class FakeAdvisories {
  private content: AdvisoryContent = contentOf('Pre-auth write in DICOM association reject')
  private state: AdvisoryRow['state'] = 'draft'
  private version = 1

  answer(path: string, body: unknown, roles: readonly string[]): FakeAnswer | null {
    const writes = roles.includes('coordinator')
    if (path === 'GET /v1/advisories') {
      const rows = [OUT.row, { ...OUT.row, id: idOf('adv', 3), title: HOSTILE, state: 'withdrawn' as const, aliases: [] }]
      return ok({ rows, next: null, drafts: writes ? [this.draft().row] : [] })
    }
    if (path === `GET /v1/advisories/${OUT.row.id}`) return ok(OUT)
    if (!writes) return null
    const base = `/v1/advisories/${idOf('adv', 2)}`
    if (path === `GET ${base}` || path === `POST /v1/cases/${CASE}/advisory`) return ok(this.draft())
    if (path === `PUT ${base}`) {
      this.content = (body as { content: AdvisoryContent }).content
      this.version++
      return ok(this.draft())
    }
    if (path === `POST ${base}/acts`) {
      const { act } = body as { act: AdvisoryAct }
      if (act.do === 'ready') this.state = 'ready'
      if (act.do === 'publish') this.state = 'published'
      this.version++
      return ok(this.draft())
    }
    if (path === `GET ${base}/preview`) return ok(this.preview('csaf'))
    return null
  }

  private preview(format: AdvisoryPreview['format']): AdvisoryPreview {
    const text = JSON.stringify({ document: { title: this.content.title, notes: [HOSTILE] } }, null, 2)
    return { format, files: [{ path: 'csaf/2026/x-weir-2.json', text }], missing: this.draft().missing[format], faults: [] }
  }

  private draft(): AdvisoryView {
    const lacks = completeness(this.content)
    const missing = Object.fromEntries(
      FORMATS.map((format) => [format, lacks[format].map((one) => ({ ...one, says: MISSING[one.what] }))]),
    ) as AdvisoryView['missing']
    const out = this.state === 'published'
    const row: AdvisoryRow = {
      ...OUT.row,
      id: idOf('adv', 2),
      title: this.content.title,
      state: this.state,
      revision: out ? 1 : 0,
      aliases: ['CVE-2026-990142'],
      releaseAt: null,
      publishedAt: out ? at(0) : null,
      case: CASE,
    }
    return {
      ...OUT,
      row,
      version: this.version,
      content: { ...this.content },
      history: [],
      missing,
      files: [],
      publish: { may: true, says: 'The embargo ended; all parties agreed to publish.' },
      may: out ? ['correct', 'withdraw'] : this.state === 'ready' ? ['edit', 'publish'] : ['edit', 'ready'],
    }
  }
}

function contentOf(title: string): AdvisoryContent {
  return {
    title,
    summary: `A rejected association with a long called title writes past a 64-byte buffer before any login. Update to 4.2.3. ${HOSTILE}`,
    language: 'en',
    distribution: { tlp: 'CLEAR', text: null },
    publisher: { ...SAMPLE_PUBLISHER, name: 'North Coast Clearinghouse' },
    references: [],
    flaws: [
      {
        id: idOf('flw', 0).replaceAll('0', 'a') as never,
        title,
        description: `The length of the called title is not checked.\n\n${HOSTILE}`,
        aliases: ['CVE-2026-990142'],
        weaknesses: ['CWE-787'],
        scores: [
          { by: 'vendor', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:H/A:L' },
          { by: 'finder', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' },
        ],
        affected: [
          {
            purl: 'pkg:generic/pelorus-dicom-gateway',
            vendor: null,
            product: null,
            ranges: [{ scheme: 'ecosystem', repository: null, introduced: '4.0.0', fixed: '4.2.3', lastAffected: null }],
            versions: [],
            status: 'affected',
            justification: null,
            statement: 'Fixed in 4.2.3.',
          },
        ],
        remedies: [{ kind: 'fix', text: 'Update to 4.2.3.', url: 'https://pelorus.example/4.2.3' }],
        references: [{ kind: 'article', url: 'https://pelorus.example/notes', title: 'Release notes' }],
        credits: [{ kind: 'finder', name: 'Halyard Labs', organisation: null }],
        timeline: [],
        selections: [],
      },
    ],
  }
}

const OUT: AdvisoryView = {
  row: {
    id: idOf('adv', 1),
    title: 'Session token read back through the status frame',
    state: 'corrected',
    revision: 2,
    aliases: ['CVE-2026-990007'],
    releaseAt: null,
    publishedAt: at(-700),
    updatedAt: at(-400),
    case: null,
  },
  version: 5,
  content: { ...contentOf('Session token read back through the status frame') },
  history: [
    { number: 1, at: at(-700), what: 'First published.' },
    { number: 2, at: at(-400), what: `Named the fixed version. ${HOSTILE}` },
  ],
  withdrawn: null,
  missing: { csaf: [], osv: [], cve: [], atom: [] },
  without: [],
  publish: null,
  files: ['csaf/2026/x-weir-1.json', 'osv/x-weir-1.json', 'javascript:alert(1)', '//attacker.example/x'],
  may: [],
}
