import { type AnswerDraft, field, inputObject, items } from './answer-draft.ts'
import { type Calling, type Endpoint, openAiClient, overCall } from './client-call.ts'
import type { Answer, Model, Question, ToolCall, Turn } from './conversation.ts'
import { EndpointFault } from './endpoint-fault.ts'

/** A model spoken to by OpenAI's chat completions, which many other servers offer too. */
export function openAiChat(endpoint: Endpoint): Model {
  // Servers that speak like OpenAI's know one of two names; the one that is refused is not said again.
  let limit: LimitName = 'max_completion_tokens'
  const ask: Model['ask'] = (question, signal) =>
    overCall(endpoint, question, signal, async (calling) => {
      const client = openAiClient(endpoint, calling)
      const body = asked(endpoint.model, question, limit)
      const stream = await client.chat.completions.create(body, { signal: calling.signal })
      for await (const chunk of stream as AsyncIterable<unknown>) {
        take(calling.draft, chunk)
        if (calling.draft.isFull) break
      }
      return finished(calling)
    })
  return {
    ask: async (question, signal) => {
      try {
        return await ask(question, signal)
      } catch (error) {
        const isName = error instanceof EndpointFault && error.kind === 'never' && error.message.includes(limit)
        if (!isName || limit === 'max_tokens') throw error
        limit = 'max_tokens'
        return ask(question, signal)
      }
    },
  }
}

type LimitName = 'max_completion_tokens' | 'max_tokens'

type Body = Parameters<ReturnType<typeof openAiClient>['chat']['completions']['create']>[0] & { stream: true }

function asked(model: string, question: Question, limit: LimitName): Body {
  const { system, tools, turns, maxOutputTokens, temperature } = question
  const messages = [{ role: 'system', content: system }, ...turns.flatMap(messagesOf)]
  const functions = tools.map(({ name, description, input }) => ({
    type: 'function',
    function: { name, description, parameters: input },
  }))
  return {
    model,
    messages,
    tools: functions,
    stream: true,
    stream_options: { include_usage: true },
    [limit]: maxOutputTokens,
    ...(temperature === null ? {} : { temperature }),
  } as unknown as Body
}

function messagesOf(turn: Turn): readonly unknown[] {
  if (turn.who === 'user') return [{ role: 'user', content: turn.text }]
  if (turn.who === 'model') return turn.echo
  return turn.results.map(({ id, output }) => ({ role: 'tool', tool_call_id: id, content: output }))
}

function take(draft: AnswerDraft, chunk: unknown): void {
  const usage = field(chunk, 'usage')
  if (usage) draft.usage = { input: field(usage, 'prompt_tokens'), output: field(usage, 'completion_tokens') }
  const choice = items(field(chunk, 'choices'))[0]
  const delta = field(choice, 'delta')
  draft.say(field(delta, 'content'))
  // Not in OpenAI's own, but what servers of open models stream it as.
  draft.think(field(delta, 'reasoning_content') ?? field(delta, 'reasoning'))
  const refusal = field(delta, 'refusal')
  if (typeof refusal === 'string' && refusal !== '') {
    draft.refused = true
    draft.say(refusal)
  }
  for (const call of items(field(delta, 'tool_calls'))) {
    const named = field(call, 'function')
    draft.call(field(call, 'index') ?? field(call, 'id'), {
      id: field(call, 'id'),
      tool: field(named, 'name'),
      input: field(named, 'arguments'),
    })
  }
  const why = field(choice, 'finish_reason')
  if (typeof why !== 'string') return
  draft.ended = true
  if (why === 'length') draft.cutByTokens = true
  if (why === 'content_filter') draft.refused = true
}

function finished({ draft, meter }: Calling): Answer {
  const calls = draft.calls()
  const named = calls.length === 0 ? {} : { tool_calls: calls.map(toolCall) }
  return draft.answer([{ role: 'assistant', content: draft.said, ...named }], meter, calls)
}

/** Sent back with an input that is JSON whatever came, for servers refuse a whole conversation otherwise. */
function toolCall({ id, tool, input }: ToolCall) {
  return { id, type: 'function', function: { name: tool, arguments: JSON.stringify(inputObject(input)) } }
}
