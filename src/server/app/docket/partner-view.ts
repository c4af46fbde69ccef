import type { PartnerOut } from '../../../contract/shapes/docket.ts'
import type { Partner } from '../../../core/docket/docket.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import { judgeVetting, VETTING_LIST } from '../../../core/docket/vetting.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { DocketDesk } from './docket-desk.ts'
import { whenOrNull } from './docket-row.ts'
import type { SeenDocket } from './load-docket.ts'
import { type PartnerPaper, partnerPapers } from './propose-partner.ts'
import type { ShownPerson } from './shown-person.ts'
import { writeReading } from './write-access.ts'

type Show = (id: string) => ShownPerson

const UNSIGNED = { developer: null, office: null }

/** Partners as both sides see them; a partner's own person sees its own grant and nothing of anybody else. */
export async function partnersOut(desk: DocketDesk, tx: Tx, seen: SeenDocket, show: Show): Promise<PartnerOut[]> {
  const { docket, person, now } = seen
  const all = mayRead(docket, person, 'partner', now)
  if (!all && !mayRead(docket, person, 'grant', now)) return []
  const papers = await partnerPapers(desk, tx, seen)
  if (!all) {
    return docket.partners.flatMap((partner) => {
      const own = partner.persons.filter((grant) => grant.person === person)
      return own.length === 0 ? [] : [ownOut({ ...partner, persons: own }, seen, papers)]
    })
  }
  if (papers.size > 0) await writeReading(tx, seen, 'partner', null)
  return docket.partners.map((partner) => ({
    partner: partner.partner,
    name: papers.get(partner.partner)?.name ?? partner.partner,
    standing: partner.standing,
    signed: {
      developer: signature(partner.signed.developer, show),
      office: signature(partner.signed.office, show),
    },
    vetting: vettingOut(papers.get(partner.partner)),
    declined:
      partner.declinedFor === null
        ? null
        : {
            by: partner.declinedFor.by,
            reasons: [...partner.declinedFor.reasons],
            again: whenOrNull(partner.declinedFor.again),
          },
    grants: grantsOut(partner, seen, show),
  }))
}

function ownOut(partner: Partner, seen: SeenDocket, papers: ReadonlyMap<string, PartnerPaper>): PartnerOut {
  const { partner: id, standing } = partner
  const name = papers.get(id)?.name ?? id
  const grants = grantsOut(partner, seen, (own) => ({ id: own, name: null }))
  return { partner: id, name, standing, signed: UNSIGNED, vetting: null, declined: null, grants }
}

function grantsOut({ persons }: Partner, { person: me, now }: SeenDocket, show: Show): PartnerOut['grants'] {
  return persons.map(({ grant, person, use, until, revoked }) => ({
    grant,
    person: show(person),
    use,
    until: formatInstant(until),
    ended: revoked !== null || now >= until,
    mine: person === me,
  }))
}

function signature(signed: Partner['signed']['office'], show: Show): PartnerOut['signed']['office'] {
  return signed === null ? null : { by: show(signed.person), at: formatInstant(signed.at) }
}

function vettingOut(paper: PartnerPaper | undefined): PartnerOut['vetting'] {
  if (paper === undefined) return null
  const open = new Set(judgeVetting(paper.answers).open.map(({ id }) => id))
  const lines = VETTING_LIST.lines.map(({ id, asks }) => ({
    line: id,
    says: asks,
    answer: paper.answers[id] ?? null,
    open: open.has(id),
  }))
  return { list: paper.list, lines }
}
