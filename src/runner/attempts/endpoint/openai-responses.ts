import { type AnswerDraft, field, inputObject, items } from './answer-draft.ts'
import { type Calling, type Endpoint, openAiClient, overCall } from './client-call.ts'
import type { Answer, Model, Question, Turn } from './conversation.ts'

/** Items of one answer that are gone through. */
const MOST_ITEMS = 128

/** A model spoken to by OpenAI's responses; nothing is stored there, reasoning goes back as the sealed text that came. */
export function openAiResponses(endpoint: Endpoint): Model {
  return {
    ask: (question, signal) =>
      overCall(endpoint, question, signal, async (calling) => {
        const stream = await openAiClient(endpoint, calling).responses.create(asked(endpoint.model, question), {
          signal: calling.signal,
        })
        const kept = new Kept()
        for await (const event of stream as AsyncIterable<unknown>) {
          kept.take(calling.draft, event)
          if (calling.draft.isFull) break
        }
        return finished(calling, kept.items)
      }),
  }
}

type Body = Parameters<ReturnType<typeof openAiClient>['responses']['create']>[0] & { stream: true }

function asked(model: string, { system, tools, turns, maxOutputTokens, temperature }: Question): Body {
  const functions = tools.map(({ name, description, input }) => ({
    type: 'function',
    name,
    description,
    parameters: input,
    strict: false,
  }))
  return {
    model,
    instructions: system,
    input: turns.flatMap(itemsOf),
    tools: functions,
    stream: true,
    store: false,
    include: ['reasoning.encrypted_content'],
    max_output_tokens: maxOutputTokens,
    ...(temperature === null ? {} : { temperature }),
  } as unknown as Body
}

function itemsOf(turn: Turn): readonly unknown[] {
  if (turn.who === 'user') return [{ role: 'user', content: turn.text }]
  if (turn.who === 'model') return turn.echo
  return turn.results.map(({ id, output }) => ({ type: 'function_call_output', call_id: id, output }))
}

/** Whole items as they are done; the deltas before them are counted only, so that an item without end is noticed. */
class Kept {
  items: unknown[] = []
  #streamed = 0

  take(draft: AnswerDraft, event: unknown): void {
    const type = field(event, 'type')
    const delta = field(event, 'delta')
    if (typeof delta === 'string') this.#streamed += delta.length
    if (this.#streamed > draft.most) draft.overflow()
    if (type === 'response.output_item.done' && this.items.length < MOST_ITEMS) this.items.push(field(event, 'item'))
    if (type !== 'response.completed' && type !== 'response.incomplete' && type !== 'response.failed') return
    const response = field(event, 'response')
    const usage = field(response, 'usage')
    if (usage) draft.usage = { input: field(usage, 'input_tokens'), output: field(usage, 'output_tokens') }
    if (this.items.length === 0) this.items = items(field(response, 'output')).slice(0, MOST_ITEMS)
    draft.ended = type !== 'response.failed'
    const why = field(field(response, 'incomplete_details'), 'reason')
    if (why === 'max_output_tokens') draft.cutByTokens = true
    if (why === 'content_filter') draft.refused = true
  }
}

function finished({ draft, meter }: Calling, kept: readonly unknown[]): Answer {
  const shapes = kept.flatMap((item, n) => {
    const type = field(item, 'type')
    if (type === 'message') return message(draft, item)
    if (type === 'reasoning') return reasoning(draft, item)
    if (type !== 'function_call') return []
    draft.call(n, { id: field(item, 'call_id'), tool: field(item, 'name'), input: field(item, 'arguments') })
    return [n]
  })
  const calls = draft.calls()
  let next = 0
  const echo = shapes.flatMap((shape) => {
    if (typeof shape !== 'number') return [shape]
    const call = calls[next++]
    if (call === undefined) return []
    return [{ type: 'function_call', call_id: call.id, name: call.tool, arguments: JSON.stringify(inputObject(call.input)) }]
  })
  return draft.answer(echo, meter, calls)
}

function message(draft: AnswerDraft, item: unknown): unknown[] {
  const before = draft.said.length
  for (const part of items(field(item, 'content'))) {
    if (field(part, 'type') === 'refusal') draft.refused = true
    draft.say(field(part, 'text') ?? field(part, 'refusal'))
  }
  const text = draft.said.slice(before)
  return text === '' ? [] : [{ role: 'assistant', content: text }]
}

function reasoning(draft: AnswerDraft, item: unknown): unknown[] {
  const texts = [...items(field(item, 'summary')), ...items(field(item, 'content'))]
  for (const part of texts) draft.think(field(part, 'text'))
  const sealed = field(item, 'encrypted_content')
  const id = field(item, 'id')
  if (typeof sealed !== 'string' || typeof id !== 'string') return []
  return [{ type: 'reasoning', id, summary: items(field(item, 'summary')), encrypted_content: sealed }]
}
