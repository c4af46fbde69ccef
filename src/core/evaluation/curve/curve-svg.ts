import type { Curve, Interval } from '../result.ts'
import { escapeMarkup } from './markup.ts'
import { logTicks } from './ticks.ts'

/** What is drawn of one model; made from numbers alone but for the names, which are escaped. */
export interface CurvePicture {
  readonly title: string
  readonly curve: Curve | null
  readonly p50: number | null
  readonly interval: Interval | null
  readonly band: readonly { readonly minutes: number; readonly low: number; readonly high: number }[]
  readonly bins: readonly { readonly from: number; readonly to: number; readonly tasks: number; readonly success: number }[]
  /** Minutes; drawn only where the plan publishes it. */
  readonly criterion: number | null
  /** The outcome in words, for those who do not see the picture. */
  readonly say: string
}

const WIDE = 720
const HIGH = 360
const LEFT = 48
const RIGHT = 16
const TOP = 16
const FOOT = 44
const STEPS = 60

/**
 * The horizon curve as a stand-alone SVG of 720 × 360: log minutes across, success up, the 95 % band, points by bin with their number
 * of tasks. Holds no script, no link, no NaN; title and description say what it shows. Equal numbers give equal bytes.
 */
export function curveSvg(picture: CurvePicture): string {
  const { from, to } = extent(picture)
  const span = Math.log2(to / from)
  const x = (minutes: number) =>
    at(LEFT + ((WIDE - LEFT - RIGHT) * Math.max(0, Math.min(span, Math.log2(minutes / from)))) / span)
  const y = (share: number) => at(TOP + (HIGH - TOP - FOOT) * (1 - Math.max(0, Math.min(1, share))))
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDE} ${HIGH}" role="img" aria-labelledby="t d" font-family="'Source Sans 3', sans-serif" font-size="12.5">`,
    `<title id="t">${escapeMarkup(picture.title)}</title>`,
    `<desc id="d">${escapeMarkup(describe(picture))}</desc>`,
    STYLE,
    `<rect class="ground" x="0" y="0" width="${WIDE}" height="${HIGH}"/>`,
    ...shareTicks(x(from), x(to), y),
    ...logTicks(from, to).map(
      ({ minutes, label }) =>
        `<path class="rule" d="M${x(minutes)} ${y(0)}V${y(1)}"/><text class="axis" x="${x(minutes)}" y="${at(HIGH - FOOT + 18)}" text-anchor="middle">${label}</text>`,
    ),
    `<text class="axis" x="${at((LEFT + WIDE - RIGHT) / 2)}" y="${HIGH - 8}" text-anchor="middle">Time a person needs (log scale)</text>`,
    ...band(picture, x, y),
    ...line(picture, from, span, x, y),
    ...half(picture, x, y),
    ...picture.bins.map((bin) => point(bin, x, y)),
    ...criterion(picture, from, to, x, y),
    '</svg>',
  ]
  return parts.join('\n')
}

const STYLE =
  '<style>.ground{fill:#fff}.rule{stroke:#e2ded4;fill:none}.axis{fill:#62686a}.band{fill:#0a5368;opacity:.16}.curve{stroke:#0a5368;stroke-width:2;fill:none}.half{stroke:#0a5368;fill:none;stroke-width:4}.point{fill:#fff;stroke:#1b1f21;stroke-width:1.5}.n{fill:#464c4f}.line{stroke:#464c4f;stroke-dasharray:5 4;fill:none}@media (prefers-color-scheme:dark){.ground{fill:#1e1f1f}.rule{stroke:#2f3130}.axis{fill:#9b9b95}.band{fill:#82c6d6}.curve,.half{stroke:#82c6d6}.point{fill:#1e1f1f;stroke:#ece9e2}.n{fill:#bdbbb4}.line{stroke:#bdbbb4}}@media print{.ground{fill:#fff}}</style>'

/** One decimal is finer than a pixel, and the same on every machine. */
function at(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 10) / 10 + 0 : 0
}

function extent({ band: edge, bins, p50 }: CurvePicture): { from: number; to: number } {
  const all = [
    ...edge.map(({ minutes }) => minutes),
    ...bins.flatMap(({ from, to }) => [from, to]),
    ...(p50 === null ? [] : [p50]),
  ]
  const sound = all.filter((minutes) => minutes > 0 && Number.isFinite(minutes))
  const low = sound.reduce((least, one) => Math.min(least, one), 1e9)
  const high = sound.reduce((most, one) => Math.max(most, one), 1e-9)
  return sound.length === 0 || !(high > low) ? { from: 1, to: 1024 } : { from: low, to: high }
}

type Place = (value: number) => number

function shareTicks(left: number, right: number, y: Place): string[] {
  return [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<path class="rule" d="M${left} ${y(share)}H${right}"/><text class="axis" x="${LEFT - 6}" y="${at(y(share) + 4)}" text-anchor="end">${share * 100} %</text>`,
  )
}

function band({ band: edge }: CurvePicture, x: Place, y: Place): string[] {
  if (edge.length < 2) return []
  const upper = edge.map(({ minutes, high }) => `${x(minutes)} ${y(high)}`)
  const lower = edge.map(({ minutes, low }) => `${x(minutes)} ${y(low)}`).reverse()
  return [`<path class="band" d="M${[...upper, ...lower].join('L')}Z"/>`]
}

function line({ curve }: CurvePicture, from: number, span: number, x: Place, y: Place): string[] {
  if (curve === null) return []
  const points = Array.from({ length: STEPS + 1 }, (_, i) => {
    const minutes = from * 2 ** ((span * i) / STEPS)
    const z = curve.slope * Math.log2(minutes) + curve.intercept
    return `${x(minutes)} ${y(1 / (1 + Math.exp(-z)))}`
  })
  return [`<path class="curve" d="M${points.join('L')}"/>`]
}

function half({ p50, interval }: CurvePicture, x: Place, y: Place): string[] {
  const low = interval?.low.minutes ?? null
  const high = interval?.high.minutes ?? null
  if (p50 === null || low === null || high === null) return []
  return [`<path class="half" d="M${x(low)} ${y(0.5)}H${x(high)}"/><circle class="point" cx="${x(p50)}" cy="${y(0.5)}" r="5"/>`]
}

function point({ from, to, tasks, success }: CurvePicture['bins'][number], x: Place, y: Place): string {
  const middle = Math.sqrt(from * to)
  const above = success > 0.9 ? 18 : -9
  return `<circle class="point" cx="${x(middle)}" cy="${y(success)}" r="3.5"/><text class="n" x="${x(middle)}" y="${at(y(success) + above)}" text-anchor="middle">n ${tasks}</text>`
}

function criterion({ criterion: minutes }: CurvePicture, from: number, to: number, x: Place, y: Place): string[] {
  if (minutes === null || !(minutes >= from && minutes <= to)) return []
  return [
    `<path class="line" d="M${x(minutes)} ${y(0)}V${y(1)}"/><text class="n" x="${at(x(minutes) + 5)}" y="${at(y(1) + 12)}">criterion</text>`,
  ]
}

function describe({ say, bins }: CurvePicture): string {
  const points = bins.map(({ from, to, tasks, success }) => {
    const share = (100 * success).toFixed(0)
    return `${Number(from.toPrecision(3))} to ${Number(to.toPrecision(3))} min: ${share} % of ${tasks} tasks`
  })
  return points.length === 0 ? say : `${say} Success by human time: ${points.join('; ')}.`
}
