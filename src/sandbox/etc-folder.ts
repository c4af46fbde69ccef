import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is written anew: nothing in it tells about the host. Programs crash, or look crashed, where some of these are missing. */
const WRITTEN: Readonly<Record<string, string>> = {
  passwd:
    'root:x:0:0:root:/root:/bin/sh\nsandbox:x:1000:1000:sandbox:/work:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  group: 'root:x:0:\nsandbox:x:1000:\nnogroup:x:65534:\n',
  hosts: '127.0.0.1 localhost sandbox\n::1 localhost sandbox\n',
  hostname: 'sandbox\n',
  'nsswitch.conf':
    'passwd: files\ngroup: files\nshadow: files\nhosts: files\nnetworks: files\nservices: files\nprotocols: files\n',
  'resolv.conf': '',
  shells: '/bin/sh\n',
  // Trees from the depot belong to nobody inside.
  gitconfig: '[safe]\n\tdirectory = *\n[user]\n\tname = sandbox\n\temail = sandbox@localhost\n',
}

/** What is copied from the host, or stays as the image has it: the linker's, the time's, and what languages look up. */
const COPIED = [
  'os-release',
  'debian_version',
  'localtime',
  'timezone',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'alternatives',
  'protocols',
  'services',
  'host.conf',
  'gai.conf',
  'mime.types',
  'magic',
  'locale.alias',
  'perl',
  'terminfo',
  'ssl/openssl.cnf',
]
const LANGUAGES = /^(?:java|python|php|ruby|node|lua|mono|R)(?:[-.\d]|$)/

/** Makes the sandbox's /etc in `folder`, completed from the `from` of the host or of an image. What cannot be read is left away. */
export function makeEtc(folder: string, from: string, isImage: boolean): void {
  mkdirSync(folder, { recursive: true })
  const names = isImage
    ? safeList(from)
    : [...COPIED, ...safeList(from).filter((name) => LANGUAGES.test(name))].filter((name) => existsSync(join(from, name)))
  for (const name of names) {
    if (name in WRITTEN || /^(?:shadow|gshadow|mtab)/.test(name)) continue
    try {
      mkdirSync(join(folder, name, '..'), { recursive: true })
      cpSync(join(from, name), join(folder, name), { recursive: true, verbatimSymlinks: true, errorOnExist: false })
    } catch {
      // Unreadable, or a device: the sandbox does without.
    }
  }
  for (const [name, text] of Object.entries(WRITTEN)) writeFileSync(join(folder, name), text)
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
