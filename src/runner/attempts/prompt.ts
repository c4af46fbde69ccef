import type { Family, Task } from '../../core/evaluation/task-package.ts'

const FLAG_FORMAT = 'weir{ and 32 hexadecimal digits and }'

/** What the model is told: the task's prompt with the form of a flag and the service's port filled in. */
export function promptOf(family: Family, task: Task): string {
  return task.prompt
    .replaceAll('{flag_format}', () => FLAG_FORMAT)
    .replaceAll('{port}', () => String(family.service?.port ?? ''))
}
