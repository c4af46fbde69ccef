import type { ActAdvisory } from '../contract/shapes/advisory.ts'
import { completeness, FORMATS } from '../core/advisories/completeness.ts'
import type { AdvisoryContent } from '../core/advisories/content.ts'
import { actAdvisory } from '../server/app/advisories/act-advisory.ts'
import type { AdvisoryDesk } from '../server/app/advisories/advisory-desk.ts'
import { draftAdvisory } from '../server/app/advisories/draft-advisory.ts'
import { editAdvisory } from '../server/app/advisories/edit-advisory.ts'
import { loadAdvisory } from '../server/app/advisories/load-advisory.ts'
import { inTransaction } from '../server/store/connection.ts'
import { TOLD } from './case-script.ts'
import type { CaseStage } from './case-stage.ts'
import { must } from './docket-cast.ts'
import { finderOf } from './seed-findings.ts'

const COORDINATOR = 'ines.marrow@northcoast.example'
const MAINTAINER = 'leif.tanaka@skerry.example'
const SUMMARY =
  'A name with encoded separators leaves the folder that tidegate serves, so that anyone who reaches it reads files of the server. Version 2.3.1 decodes once and checks what it decoded.'

/** Makes a case without an embargo whose flaw was fixed, and lets its advisory out. */
export async function seedTold(stage: CaseStage, desk: AdvisoryDesk, flaws: ReadonlyMap<string, string>): Promise<void> {
  const { past, people } = stage
  const flaw = flaws.get(TOLD.key)!
  past.again(22)
  const id = await stage.open(COORDINATOR, { flaws: [flaw] })
  await stage.invite(COORDINATOR, finderOf(TOLD), id, { kind: 'finder', tier: 0 })
  await stage.accept(finderOf(TOLD), id)
  await stage.invite(COORDINATOR, MAINTAINER, id, { kind: 'maintainer', tier: 0 })
  past.ago(20)
  await stage.accept(MAINTAINER, id)
  const party = await stage.party(MAINTAINER, id)
  past.ago(19)
  for (const to of ['valid', 'accepted'] as const) await stage.act(MAINTAINER, id, { do: 'report', party, to, text: '' })
  const said = { status: 'affected', justification: null, text: 'Before 2.3.1.' } as const
  await stage.act(MAINTAINER, id, { do: 'state', party, flaw, ...said })
  past.ago(6)
  await stage.act(MAINTAINER, id, { do: 'step', party, flaw, step: 'fix-ready', share: null })
  past.ago(3)
  const who = people(COORDINATOR)
  const asked = { title: TOLD.title, summary: SUMMARY, language: 'en' }
  const advisory = must(await draftAdvisory(past.on(desk), who, id, asked), 'an advisory').id
  const load = async () => {
    const loaded = await inTransaction(desk.store, 'all', (tx) => loadAdvisory(past.on(desk), tx, advisory))
    if (!loaded?.advisory.draft) throw new Error('the draft is gone')
    return { version: loaded.advisory.version, draft: loaded.advisory.draft }
  }
  const act = async (what: ActAdvisory['act']) =>
    must(await actAdvisory(past.on(desk), who, advisory, { version: (await load()).version, act: what }), what.do)
  const { version, draft } = await load()
  must(await editAdvisory(past.on(desk), who, advisory, { version, content: written(draft) as never }), 'the words')
  past.ago(2)
  await act({ do: 'ready' })
  const missing = completeness((await load()).draft)
  const without = FORMATS.filter((format) => missing[format].length > 0)
  await act({ do: 'publish', at: null, without })
  past.ago(1)
  await stage.act(MAINTAINER, id, { do: 'step', party, flaw, step: 'deployed', share: 0.95 })
}

function written(draft: AdvisoryContent): AdvisoryContent {
  const range = { scheme: 'semver', repository: null, introduced: null, fixed: '2.3.1', lastAffected: null } as const
  return {
    ...draft,
    flaws: draft.flaws.map((flaw) => ({
      ...flaw,
      affected: flaw.affected.map((one) =>
        one.status === 'affected' ? { ...one, versions: [], ranges: [range], vendor: null, product: null } : one,
      ),
      remedies: [{ kind: 'fix', text: 'Move to 2.3.1.', url: null }],
    })),
  }
}
