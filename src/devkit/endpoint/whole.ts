import type { EndpointApi } from '../../contract/custody.ts'
import type { PlayedCall, Reply } from './play.ts'

type Answer = Extract<Reply, { do: 'answer' }>

const textOf = ({ input }: PlayedCall) => (typeof input === 'string' ? input : JSON.stringify(input))

/** An answer in one piece, as each API gives it where no stream was asked for; `n` makes ids that are not used twice. */
export function wholeOf(api: EndpointApi, answer: Answer, sentBytes: number, n: number): object {
  const { said = '', calls = [] } = answer
  const counted = { input: Math.ceil(sentBytes / 4), output: Math.ceil((said.length + calls.map(textOf).join('').length) / 4) }
  const usage = answer.usage === undefined ? counted : answer.usage
  if (api === 'openai-chat')
    return {
      id: `c${n}`,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: said,
            ...(calls.length > 0
              ? {
                  tool_calls: calls.map((call, at) => ({
                    id: `call_${n}_${at}`,
                    type: 'function',
                    function: { name: call.tool, arguments: textOf(call) },
                  })),
                }
              : {}),
          },
          finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
        },
      ],
      ...(usage === null ? {} : { usage: { prompt_tokens: usage.input, completion_tokens: usage.output } }),
    }
  const told = usage === null ? {} : { usage: { input_tokens: usage.input, output_tokens: usage.output } }
  if (api === 'anthropic-messages')
    return {
      id: `msg_${n}`,
      type: 'message',
      role: 'assistant',
      content: [
        ...(said === '' ? [] : [{ type: 'text', text: said }]),
        ...calls.map((call, at) => ({ type: 'tool_use', id: `toolu_${n}_${at}`, name: call.tool, input: call.input })),
      ],
      stop_reason: calls.length > 0 ? 'tool_use' : 'end_turn',
      ...told,
    }
  return {
    id: `resp_${n}`,
    status: 'completed',
    output: [
      ...(said === ''
        ? []
        : [
            {
              type: 'message',
              id: `msg_${n}`,
              role: 'assistant',
              content: [{ type: 'output_text', text: said, annotations: [] }],
            },
          ]),
      ...calls.map((call, at) => ({
        type: 'function_call',
        id: `fc_${n}_${at}`,
        call_id: `call_${n}_${at}`,
        name: call.tool,
        arguments: textOf(call),
      })),
    ],
    ...told,
  }
}
