import { Anthropic } from '@anthropic-ai/sdk'
import { OpenAI } from 'openai'
import { AnswerDraft } from './answer-draft.ts'
import { boundedFetch, type CallBounds, type CallMeter } from './bounded-fetch.ts'
import type { Answer, Question } from './conversation.ts'
import { EndpointFault } from './endpoint-fault.ts'

/** Where a model is, and what one call may take. */
export interface Endpoint {
  readonly base: string
  readonly model: string
  readonly secret: string
  readonly bounds: CallBounds
  readonly now: () => number
}

/** One call under way. */
export interface Calling {
  readonly draft: AnswerDraft
  readonly meter: CallMeter
  readonly signal: AbortSignal
}

/** More characters than so many tokens can hold are the model's own doing, and are cut. */
const CHARACTERS_A_TOKEN = 16
const LEAST_KEPT = 64 << 10
const MOST_KEPT = 2 << 20
const KEPT_WORDS = 300

/** Runs one call; whatever goes wrong in it becomes an EndpointFault, and a stop of the caller's its reason. */
export async function overCall(
  endpoint: Endpoint,
  { maxOutputTokens }: Question,
  signal: AbortSignal,
  work: (calling: Calling) => Promise<Answer>,
): Promise<Answer> {
  signal.throwIfAborted()
  const most = Math.min(MOST_KEPT, endpoint.bounds.bytes, Math.max(LEAST_KEPT, maxOutputTokens * CHARACTERS_A_TOKEN))
  const calling = { draft: new AnswerDraft(most), meter: { sent: 0, received: 0, fault: null }, signal }
  try {
    const answer = await work(calling)
    signal.throwIfAborted()
    if (answer.cut === 'size') return answer
    if (calling.meter.fault !== null) throw calling.meter.fault
    if (!calling.draft.ended) throw new EndpointFault('again', 'The answer broke off before its end.')
    return answer
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof EndpointFault) throw error
    const fault: EndpointFault | null = calling.meter.fault
    throw fault ?? new EndpointFault('again', `The call failed: ${wordsOf(error)}`)
  }
}

/** OpenAI's client for one call: nothing is read from the environment, nothing is asked twice. */
export function openAiClient(endpoint: Endpoint, { meter }: Calling): OpenAI {
  const { base, secret, bounds, now } = endpoint
  return new OpenAI({
    apiKey: secret,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: base,
    maxRetries: 0,
    timeout: bounds.callMs,
    logLevel: 'off',
    fetch: boundedFetch(bounds, meter, now, (url) => url) as typeof fetch,
  })
}

/** Anthropic's client for one call, as above. It says `/v1` itself, which a base may have said already. */
export function anthropicClient(endpoint: Endpoint, { meter }: Calling): Anthropic {
  const { base, secret, bounds, now } = endpoint
  const twice = `${base.replace(/\/$/, '')}/v1/`
  const rewrite = (url: string) => (/\/v1\/?$/.test(base) && url.startsWith(twice) ? url.replace('/v1/v1/', '/v1/') : url)
  return new Anthropic({
    apiKey: secret,
    authToken: null,
    webhookKey: null,
    baseURL: base,
    maxRetries: 0,
    timeout: bounds.callMs,
    logLevel: 'off',
    openTelemetry: false,
    fetch: boundedFetch(bounds, meter, now, rewrite) as typeof fetch,
  })
}

/** A library's or a parser's own words, cut: they may hold the endpoint's. */
function wordsOf(error: unknown): string {
  const words = error instanceof Error ? error.message : 'it is not known why'
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${words}${cause}`.slice(0, KEPT_WORDS).toWellFormed()
}
