import type { ActDuty, DutyAct } from '../contract/shapes/duty.ts'
import { decideTrack } from '../core/duties/decide-track.ts'
import type { Duty } from '../core/duties/duty.ts'
import { viewDuty } from '../core/duties/duty-view.ts'
import { evolveTrack, openTrack } from '../core/duties/evolve-track.ts'
import { readOwnDuty } from '../core/duties/own-duty.ts'
import { PUBLIC_DUTIES } from '../core/duties/registry.ts'
import type { Track } from '../core/duties/track.ts'
import { instant } from '../core/kernel/instant.ts'
import { dutyList } from '../server/app/duties/duty-out.ts'
import { readAct } from '../server/app/duties/read-act.ts'
import type { FakeAnswer } from './fake-project.ts'
import { idOf, NOW } from './fake-world.ts'

interface Kept {
  readonly duty: Duty
  readonly key: string | null
  track: Track
}

const ok = (body: unknown, code = 200): FakeAnswer => ({ code, body })

/** The public duties, of which nothing was said yet, and three of an invented operator; what is said of them changes them as a server would. */
export class FakeDuties {
  private readonly open: Kept[] = PUBLIC_DUTIES.map((duty) => ({ duty, key: null, track: openTrack(duty.id) }))
  private own: Kept[] = OWN.map((given, n) => own(given, n + 1))
  private readonly history: { duty: string; version: number; at: string; type: string; says: string | null }[] = []

  answer(path: string, body: unknown, roles: readonly string[]): FakeAnswer | null {
    const keeps = roles.includes('operator') || roles.includes('coordinator')
    if (path === 'GET /v1/duties') return ok(listed(this.open))
    if (path === 'GET /v1/duties/history') return ok({ duty: '', rows: this.history })
    if (path === 'POST /v1/duties/acts' && roles.includes('coordinator')) {
      const { duty, act } = body as ActDuty
      return this.say(
        this.open.find((one) => one.duty.id === duty),
        act,
      )
    }
    if (!keeps) return null
    if (path === 'GET /v1/own-duties') return ok(listed(this.own))
    if (path === 'POST /v1/own-duties') {
      this.own = [...this.own, own((body as { duty: object }).duty, this.own.length + 1)]
      return ok({}, 201)
    }
    const [, method, key] = /^(POST|PUT|DELETE) \/v1\/own-duties\/(\w+)/.exec(path) ?? []
    const kept = this.own.find((one) => one.key === key)
    if (method === 'POST') return this.say(kept, (body as { act: DutyAct }).act)
    if (method === 'PUT' && kept !== undefined) {
      const { duty } = own((body as { duty: object }).duty, 0)
      this.own = this.own.map((one) => (one === kept ? { ...kept, duty } : one))
      return ok({})
    }
    if (method !== 'DELETE') return null
    this.own = this.own.filter((one) => one !== kept)
    return ok({ id: key })
  }

  private say(kept: Kept | undefined, act: DutyAct): FakeAnswer | null {
    const command = readAct(act)
    if (kept === undefined || !command.ok) return null
    const decision = decideTrack(kept.duty, kept.track, command.value, null, instant(NOW))
    if (!decision.ok) return null
    for (const event of decision.events) {
      kept.track = evolveTrack(kept.track, event)
      const says = 'reason' in event ? event.reason : 'text' in event ? event.text : null
      const at = new Date(NOW).toISOString()
      this.history.unshift({ duty: event.duty, version: kept.track.version, at, type: event.type, says })
    }
    return ok({})
  }
}

function listed(all: readonly Kept[]) {
  return dutyList(
    all.map(({ duty, track, key }) => ({ view: viewDuty(duty, track, instant(NOW)), key })),
    instant(NOW),
  )
}

function own(given: object, n: number): Kept {
  const read = readOwnDuty(given)
  if (!read.ok) throw new Error(`no duty: ${read.problems[0]?.at} ${read.problems[0]?.says}`)
  return { duty: read.duty, key: idOf('dty', n), track: openTrack(read.duty.id) }
}

const RULE = { who: 'Grid operations', source: 'Decision of the board, 3 March 2026' }
const OWN = [
  {
    ...RULE,
    id: 'patch-report',
    what: 'Send the monthly report. <img src=x onerror="document.title=`owned`">',
    from: '2026-10-01',
    due: { on: '2026-11-10' },
  },
  { ...RULE, id: 'restore-drill', what: 'Restore a backup onto a bare machine.', from: '2026-10-01', due: { days: 60 } },
  { ...RULE, id: 'watch-kev', what: 'Read what KEV adds each morning.', from: '2026-10-01', due: 'standing' },
]
