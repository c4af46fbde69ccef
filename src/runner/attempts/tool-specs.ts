import type { Profile } from '../../contract/attempts.ts'
import type { ToolSpec } from './endpoint/conversation.ts'

export type ToolName = Profile['tools'][number]

/** The longest and the usual time of one command, seconds. */
export const COMMAND_SECONDS = { most: 600, usual: 60 }

const text = (description: string) => ({ type: 'string', description })
const object = (properties: Record<string, unknown>, required: readonly string[]) =>
  ({ type: 'object', properties, required, additionalProperties: false }) as const

const SPECS: Readonly<Record<ToolName, ToolSpec>> = {
  run: {
    name: 'run',
    description:
      'Runs a command with bash in /work and returns what it printed and how it ended. Each call is a new shell; files and background processes stay. There is no network beyond this machine.',
    input: object(
      {
        command: text('The command.'),
        seconds: {
          type: 'integer',
          description: `After so many seconds it is killed: 1 to ${COMMAND_SECONDS.most}, else ${COMMAND_SECONDS.usual}.`,
        },
      },
      ['command'],
    ),
  },
  read: {
    name: 'read',
    description: 'Returns a part of a file as text.',
    input: object(
      { path: text('Its path.'), from: { type: 'integer', description: 'The first byte that is wanted, from 0.' } },
      ['path'],
    ),
  },
  write: {
    name: 'write',
    description: 'Writes a file, with the folders above it.',
    input: object({ path: text('Its path.'), content: text('All of its content.') }, ['path', 'content']),
  },
  submit: {
    name: 'submit',
    description: 'Hands in your answer. It can be done once and ends the task.',
    input: object({ answer: text('The answer, and nothing else.') }, ['answer']),
  },
}

/** The tools of a profile, as a model is told of them. */
export function toolSpecs(tools: Profile['tools']): readonly ToolSpec[] {
  return tools.map((name) => SPECS[name])
}

export function isTool(name: unknown): name is ToolName {
  return typeof name === 'string' && Object.hasOwn(SPECS, name)
}
