/** A job that waits for a runner. */
export interface WaitingJob {
  readonly job: string
  readonly organisation: string
  /** Asked for by a coordinator: first among equals. */
  readonly coordinators: boolean
  /** When it was asked for: milliseconds since 1970, UTC. */
  readonly askedAt: number
}

export interface RunningJob {
  readonly job: string
  readonly organisation: string
}

export interface FairLimits {
  /** Jobs of one organisation at once. */
  readonly atOnce: number
  /** Sandbox seconds one organisation may use in a sliding day. */
  readonly secondsADay: number
}

export interface NextJob {
  /** Null: none may start now. */
  readonly job: string | null
  /** Why each of the others waits, in words that name no other organisation. */
  readonly why: ReadonlyMap<string, string>
}

/**
 * Chooses the job that starts next: of the organisations within their limits the one that used the least sandbox time in the
 * sliding day, a coordinator's job first among equals, then the oldest. `used` is seconds by organisation.
 */
export function nextJob(
  waiting: readonly WaitingJob[],
  running: readonly RunningJob[],
  used: ReadonlyMap<string, number>,
  limits: FairLimits,
): NextJob {
  const atOnce = new Map<string, number>()
  for (const { organisation } of running) atOnce.set(organisation, (atOnce.get(organisation) ?? 0) + 1)
  const spent = (job: WaitingJob) => used.get(job.organisation) ?? 0
  const why = new Map<string, string>()
  const may = waiting.filter((one) => {
    const held = heldBack(atOnce.get(one.organisation) ?? 0, spent(one), limits)
    if (held !== null) why.set(one.job, held)
    return held === null
  })
  // Running jobs have not been charged yet: of two that used the same, the one with fewer at once goes first.
  const busy = (job: WaitingJob) => atOnce.get(job.organisation) ?? 0
  may.sort(
    (a, b) =>
      spent(a) - spent(b) ||
      busy(a) - busy(b) ||
      Number(b.coordinators) - Number(a.coordinators) ||
      a.askedAt - b.askedAt ||
      (a.job < b.job ? -1 : Number(a.job > b.job)),
  )
  const [first, ...others] = may
  // Not how many are before it: that would tell how much others hold.
  for (const one of others) why.set(one.job, 'Waits for its turn.')
  return { job: first?.job ?? null, why }
}

function heldBack(atOnce: number, spent: number, limits: FairLimits): string | null {
  if (spent >= limits.secondsADay) {
    return `Waits: ${Math.floor(spent)} of ${limits.secondsADay} seconds of sandbox time a day are used; it starts as older use falls out of the day.`
  }
  if (atOnce >= limits.atOnce) return `Waits: ${atOnce} of ${limits.atOnce} jobs of its organisation run at once already.`
  return null
}
