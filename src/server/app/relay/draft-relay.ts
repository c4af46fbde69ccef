import type { DraftRelay } from '../../../contract/shapes/relay.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { draftForAkrites } from '../../../core/cases/relay/akrites-draft.ts'
import { draftForGithub } from '../../../core/cases/relay/github-draft.ts'
import type { Drafted } from '../../../core/cases/relay/relay-draft.ts'
import { draftForVince } from '../../../core/cases/relay/vince-draft.ts'
import { newId } from '../../../core/kernel/id.ts'
import { sha256 } from '../../ledger/secrets.ts'
import type { RelayPlace } from '../../relay/routes.ts'
import { inTransaction } from '../../store/connection.ts'
import { insertRelay } from '../../store/relay.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { storePaper } from '../cases/case-papers.ts'
import { sealRelay, sendsOf } from './relay-body.ts'
import type { RelayDesk } from './relay-desk.ts'
import { type MadeSource, relaySource } from './relay-source.ts'
import { seeHome } from './see-home.ts'

/** Drafts a report of one flaw for another coordinator or its maintainers' own form. Nothing leaves; the draft is kept in the case. */
export async function draftRelay(
  desk: RelayDesk,
  who: Principal,
  text: string,
  asked: DraftRelay,
): Promise<Answer<{ id: string }>> {
  const { person } = who
  return await inTransaction(desk.store, 'all', async (tx): Promise<Answer<{ id: string }>> => {
    const seen = await seeHome(desk, tx, who, 'send', text, true)
    if (seen === null || person === null) return NOT_FOUND
    const { home } = seen
    if (home.case.state === 'closed') return denied('case.closed')
    const flaw = home.case.flaws.find((one) => one.flaw === asked.flaw)
    if (flaw === undefined) return denied('request.invalid', 'There is no flaw of that id here.', 'flaw')
    const id = newId('document', desk.random)
    const { trigger, impact, discovery: method } = asked
    const made = await relaySource(desk, tx, home, { flaw, reference: id, method, trigger, impact })
    if (made === null) return denied('relay.refused', 'The words of this flaw were erased.')
    if (made === 'unknown') return denied('request.invalid', 'Nobody said how it was found: say it.', 'discovery')
    const place = asked.route === 'github' ? placeOf(made, asked.repository) : null
    if (asked.route === 'github' && place === null)
      return denied('request.invalid', 'Name the one repository on GitHub that the flaw or its project names.', 'repository')
    const drafted = draftOf(desk, made, asked)
    if (!drafted.ok) return denied('relay.refused', drafted.say, drafted.code)
    const { draft } = drafted
    const body = sealRelay(home.key.key, { case: home.case.id, id }, { draft, place, sending: null }, desk.random)
    await insertRelay(tx, { case: home.case.id, id, flaw: flaw.flaw, route: asked.route, body, person, at: home.now })
    const content = Buffer.from(sendsOf(draft))
    const paper = { kind: 'file' as const, title: `Draft for ${asked.route}`, participant: home.case.chair, person, at: null }
    await storePaper(desk, tx, home, { ...paper, flaws: [flaw.flaw], readers: [home.case.chair], content })
    return done({ id })
  })
}

function draftOf({ publisher }: RelayDesk, { source }: MadeSource, asked: DraftRelay): Drafted {
  const mail = publisher.contact?.replace(/^mailto:/, '') ?? ''
  const email = mail.includes('@') ? mail : null
  switch (asked.route) {
    case 'github':
      return draftForGithub(source, asked.privateFork, sha256)
    case 'akrites':
      return draftForAkrites(source, email === null ? null : { email, notify: 'milestones' }, sha256)
    case 'vince': {
      const contact = { name: publisher.name, organisation: publisher.name, email: email ?? '' }
      return draftForVince(source, { ...asked, contact }, sha256)
    }
  }
}

const GITHUB = /^https:\/\/github\.com\/([^/]+)\/([^/#?]+?)(?:\.git)?\/?$/

/** The repository on GitHub; only one that the flaw or its project names, so that a report never goes to a stranger. */
function placeOf({ repositories }: MadeSource, wanted: string | null): RelayPlace | null {
  const places = repositories.flatMap((address) => {
    const [, owner, repository] = address.length > 300 ? [] : (GITHUB.exec(address) ?? [])
    return owner === undefined || repository === undefined ? [] : [{ address, owner, repository }]
  })
  const fitting = wanted === null ? places : places.filter(({ address }) => address === wanted)
  const names = new Set(fitting.map(({ owner, repository }) => `${owner}/${repository}`.toLowerCase()))
  const [first] = fitting
  return first === undefined || names.size !== 1 ? null : { owner: first.owner, repository: first.repository }
}
