import type { Profile } from '../../contract/attempts.ts'
import { declines } from '../../core/evaluation/attempt/refusal-mark.ts'
import type { LimitKind } from '../../core/evaluation/attempt/spent.ts'
import type { Answer, Model, ToolCall, Turn } from './endpoint/conversation.ts'
import { EndpointFault } from './endpoint/endpoint-fault.ts'
import { askPatiently, type Patience } from './endpoint/patience.ts'
import type { LiveBox } from './live-box.ts'
import type { Tally } from './tally.ts'
import { readCall } from './tool-input.ts'
import { runTool, shown } from './tool-run.ts'
import { toolSpecs } from './tool-specs.ts'
import type { Transcript } from './transcript.ts'

/** How a conversation ended. */
export type Ended =
  | { readonly how: 'submitted'; readonly text: string }
  | { readonly how: 'limit'; readonly which: LimitKind | 'context' }
  | { readonly how: 'silent' | 'declined' }
  | { readonly how: 'own-crash'; readonly say: string }

export interface LoopParts {
  readonly model: Model
  readonly box: LiveBox
  readonly profile: Profile
  readonly patience: Patience
  readonly random: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  readonly now: () => number
  readonly tally: Tally
  readonly transcript: Transcript
}

/** Answers in a row without a call after which nothing more is expected. */
const MOST_SILENT = 3
const GO_ON = 'No tool was called. Go on with the task, and hand in your answer with submit.'
const WAS_CUT = 'Your answer was cut because it was too long. Go on, in shorter steps.'

/**
 * Lets a model work at a task until it submits, gives up or reaches a limit. What the model or its programs say is data: it is passed
 * on and written down, and nothing else. Rejects with EndpointFault, HarnessFault, or the signal's reason.
 */
export async function converse(prompt: string, parts: LoopParts, signal: AbortSignal): Promise<Ended> {
  const { profile, tally, transcript } = parts
  const turns: Turn[] = [{ who: 'user', text: prompt }]
  await transcript.add({ kind: 'prompt', text: prompt })
  for (let silent = 0; ; ) {
    const limit = tally.reached()
    if (limit !== null) return { how: 'limit', which: limit }
    const answer = await ask(turns, parts, signal)
    if (answer === 'time') return { how: 'limit', which: 'time' }
    if (answer === 'context') return { how: 'limit', which: 'context' }
    const doubt = tally.count(answer, profile.maxOutputTokens)
    await write(answer, doubt, transcript)
    const declined = answer.refused || (answer.calls.length === 0 && declines(answer.said))
    if (declined) tally.refusals++
    turns.push({ who: 'model', echo: answer.echo })
    if (answer.calls.length > 0) {
      silent = 0
      const done = await doCalls(answer.calls, parts, signal)
      if ('how' in done) return done
      turns.push({ who: 'tools', results: done.results })
    } else {
      if (++silent >= MOST_SILENT) return { how: declined ? 'declined' : 'silent' }
      turns.push({ who: 'user', text: answer.cut === 'no' ? GO_ON : WAS_CUT })
    }
  }
}

/** Asks once, patiently; the time of what failed is not the model's. */
async function ask(turns: readonly Turn[], parts: LoopParts, signal: AbortSignal): Promise<Answer | 'time' | 'context'> {
  const { model, profile, tally, transcript, now } = parts
  const question = {
    system: profile.system,
    tools: toolSpecs(profile.tools),
    turns,
    maxOutputTokens: profile.maxOutputTokens,
    temperature: profile.temperature,
  }
  const notes: string[] = []
  let began = now()
  const told = (fault: EndpointFault, waitMs: number) => {
    notes.push(`Asked again after ${waitMs} ms: ${fault.message}`)
    tally.lose(now() - began + waitMs)
  }
  const timed: Model = {
    ask: (asked, stop) => {
      began = now()
      return model.ask(asked, AbortSignal.any([stop, AbortSignal.timeout(Math.max(1, Math.ceil(tally.leftMs)))]))
    },
  }
  try {
    return await askPatiently(timed, question, parts.patience, { ...parts, told }, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof EndpointFault && error.kind === 'too-long') return 'context'
    if (error instanceof DOMException && error.name === 'TimeoutError') return 'time'
    throw error
  } finally {
    for (const text of notes) await transcript.add({ kind: 'note', text })
  }
}

async function write(answer: Answer, doubt: string | null, transcript: Transcript): Promise<void> {
  if (answer.reasoning !== '') await transcript.add({ kind: 'reasoning', text: answer.reasoning })
  if (answer.said !== '') await transcript.add({ kind: 'said', text: answer.said })
  if (answer.refused) await transcript.add({ kind: 'note', text: 'The endpoint marked this answer as a refusal.' })
  if (answer.cut === 'tokens') await transcript.add({ kind: 'note', text: 'The answer was cut at the tokens asked for.' })
  if (answer.cut === 'size') await transcript.add({ kind: 'note', text: 'The answer went on beyond all bounds and was cut.' })
  if (doubt !== null) await transcript.add({ kind: 'note', text: doubt })
}

type Results = { readonly results: readonly { readonly id: string; readonly output: string }[] }

async function doCalls(calls: readonly ToolCall[], parts: LoopParts, signal: AbortSignal): Promise<Results | Ended> {
  const { box, profile, tally, transcript } = parts
  const results: { id: string; output: string }[] = []
  for (const call of calls) {
    await transcript.add({ kind: 'call', tool: call.tool, input: call.input })
    const asked = readCall(call, profile.tools)
    if (typeof asked !== 'string' && asked.tool === 'submit') {
      await transcript.add({ kind: 'submitted', text: asked.answer })
      return { how: 'submitted', text: asked.answer }
    }
    if (tally.leftMs <= 0) return { how: 'limit', which: 'time' }
    let result = { output: asked as string, cut: 0, ended: null as string | null }
    if (typeof asked !== 'string') {
      tally.toolCalls++
      result = await runTool(box, asked, tally.leftMs)
    }
    signal.throwIfAborted()
    await transcript.add({ kind: 'result', tool: call.tool, output: result.output, cut: result.cut })
    if (result.ended !== null) return { how: 'own-crash', say: result.ended }
    results.push({ id: call.id, output: shown(result) })
  }
  return { results }
}
