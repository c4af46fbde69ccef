import type { ProbeResult } from '../../contract/custody.ts'
import type { Custodian } from '../custodian.ts'
import { UsageReader } from '../door/usage.ts'
import { type Asked, ask } from '../endpoint/ask.ts'
import { answerPath, placeOf } from '../endpoint/place.ts'
import type { KeptDocket } from '../keep/kept-docket.ts'
import { compare, fingerprintOf } from './fingerprint.ts'
import { answerText, PROMPTS, probeBody } from './prompts.ts'

/**
 * Puts the fixed prompts to a docket's endpoint and compares the answers with the baseline, or makes them the baseline. A text
 * says why there is no result. The whole probe is one entry of the log, with its distance as note.
 */
export async function probeDocket(
  custodian: Custodian,
  docket: KeptDocket,
  random: (length: number) => Uint8Array,
  signal: AbortSignal,
): Promise<ProbeResult | string> {
  const { endpoint } = docket
  const place = endpoint === null ? null : placeOf(endpoint, custodian.privateEndpoints)
  const key = await custodian.openKey(docket)
  if (endpoint === null || place === null || key === null) return 'The key of this docket cannot be used.'
  const from = performance.now()
  const sum = { status: null as number | null, bytesOut: 0, bytesIn: 0, tokensIn: 0, tokensOut: 0 }
  const answers: string[] = []
  let plain = false
  let failed: string | null = null
  const put = async (prompt: string): Promise<Asked | null> => {
    if (!docket.mayProbe()) return null
    const body = probeBody(endpoint.api, endpoint.model, prompt, plain)
    const path = answerPath(place, endpoint.api)
    const may = () => docket.mayProbe()
    const heard = await ask(endpoint, place, key, path, body, custodian.privateEndpoints, signal, may).catch(() => null)
    sum.bytesOut += Buffer.byteLength(JSON.stringify(body))
    sum.status = heard?.status ?? null
    sum.bytesIn += Buffer.byteLength(heard?.text ?? '')
    const { tokensIn, tokensOut } = usageOf(heard?.text ?? '')
    sum.tokensIn += tokensIn ?? 0
    sum.tokensOut += tokensOut ?? 0
    return heard
  }
  for (const prompt of PROMPTS) {
    let heard = await put(prompt)
    // Some models take no temperature, or know the limit by another name only.
    if (heard?.status === 400 && !plain) {
      plain = true
      heard = await put(prompt)
    }
    const text = heard?.status === 200 ? answerText(endpoint.api, heard.text) : null
    if (text === null) {
      failed =
        heard === null ? 'The endpoint gave no answer.' : `The endpoint answered with status ${heard.status}, or without text.`
      break
    }
    answers.push(text)
  }
  const facts = { ...sum, ms: Math.round(performance.now() - from) }
  if (failed === null && answers.every((answer) => answer.trim() === ''))
    failed = 'The endpoint answered every probe with nothing.'
  if (failed !== null) {
    await docket.probed({ ...facts, note: 'failed' }, false)
    return failed
  }
  const fingerprint = fingerprintOf(answers, docket.baseline?.salt ?? Buffer.from(random(16)).toString('hex'))
  const result = compare(docket.baseline, fingerprint)
  if (docket.baseline === null) docket.setBaseline(fingerprint)
  await docket.probed({ ...facts, note: result.distance === null ? 'baseline' : result.distance.toFixed(3) }, result.changed)
  return result
}

function usageOf(text: string): UsageReader['usage'] {
  const reader = new UsageReader('application/json')
  reader.push(Buffer.from(text))
  return reader.usage
}
