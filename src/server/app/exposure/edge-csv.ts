import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { sayEdgeAnalogy } from '../../../core/exposure/edge/edge-due.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { edgeOut, edgeOwnOut } from './edge-list.ts'
import { readEdge } from './edge-read.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import type { ReportFile } from './obligation-report.ts'
import { csvText } from './report-csv.ts'

const HEAD = [
  ...['device', 'maker', 'model', 'unit', 'support', 'listed', 'row', 'step', 'asked', 'due', 'state', 'assumed'],
  ...['done_at', 'evidence', 'analogy', 'history'],
]

/** The table of edge devices of the caller's organisation, a line for each row of the directive that asks something, as a file. */
export async function edgeDevicesCsv(desk: ExposureDesk, who: Principal): Promise<Answer<Presented<ReportFile>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const { devices, own, binds, now } = await inTransaction(
    desk.store,
    { organisation },
    async (tx) => await readEdge(desk, tx, organisation),
  )
  const analogy = sayEdgeAnalogy(binds) ?? ''
  const none = { name: '', maker: null, model: null, unit: null, support: null, listed: null }
  const all = [...devices.map((device) => edgeOut(device, now)), { ...none, ...edgeOwnOut(own) }]
  const lines = all.flatMap(({ name, maker, model, unit, support, listed, milestones, history }) => {
    const device = [name, ...[maker, model, unit, support, listed].map((said) => said ?? '')]
    const told = history.map(({ at, deed, how, says }) => `${at} ${deed} ${how}: ${says}`).join('; ')
    const nothing = [...device, '', '', '', '', '', '', '', '', analogy, told]
    const asked = milestones.map(({ row, step, says, due, state, assumed, doneAt, evidence }) => [
      ...[...device, String(row), step, says, due, state, assumed ?? '', doneAt ?? '', evidence ?? '', analogy, told],
    ])
    return asked.length === 0 ? [nothing] : asked
  })
  const text = csvText([HEAD, ...lines])
  const name = `edge-devices-${formatInstant(now).slice(0, 10)}.csv`
  const file = { bytes: oneOf(text), mediaType: 'text/csv; charset=utf-8', name }
  const shown = presentExposure(who, organisation, { action: 'list', noun: 'obligation' }, file)
  return shown === null ? NOT_FOUND : done(shown)
}

async function* oneOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
}
