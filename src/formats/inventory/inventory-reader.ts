import type { Wanted } from '../json/wanted.ts'
import type { PartMaker } from './bom/bom-part.ts'
import { attestationReader, bomReader, jsonReader } from './bom/bom-reader.ts'
import { cyclonedxXmlReader } from './cyclonedx/xml-reader.ts'
import { INVENTORY_LIMITS, type InventoryKind, type InventoryLimits, type InventoryReader } from './inventory.ts'
import type { ItemSink } from './item-sink.ts'
import { type LinePart, lineReader } from './line-reader.ts'
import { COMPOSER_LOCK, composerLockPart } from './lock/composer-lock.ts'
import { gemfileLockPart } from './lock/gemfile-lock.ts'
import { goModPart } from './lock/go-mod.ts'
import { goSumPart } from './lock/go-sum.ts'
import { PACKAGE_LOCK, packageLockPart } from './lock/package-lock.ts'
import { pnpmLockPart } from './lock/pnpm-lock.ts'
import { requirementsPart } from './lock/requirements.ts'
import { tomlLockPart } from './lock/toml-lock.ts'
import { yarnLockPart } from './lock/yarn-lock.ts'
import { tagValuePart } from './spdx/tag-value.ts'
import { dpkgListPart } from './system/dpkg-list.ts'
import { dpkgStatusPart } from './system/dpkg-status.ts'
import { rpmListPart } from './system/rpm-list.ts'

type Maker = (limits: InventoryLimits) => InventoryReader

const lines =
  (part: (sink: ItemSink) => LinePart): Maker =>
  (limits) =>
    lineReader(limits, part)
const json =
  (root: Wanted, part: PartMaker): Maker =>
  (limits) =>
    jsonReader(limits, root, [part])

const READERS: Readonly<Record<InventoryKind, Maker>> = {
  'cyclonedx-json': bomReader,
  'spdx-json': bomReader,
  'spdx3-json': bomReader,
  'syft-json': bomReader,
  'in-toto': attestationReader,
  'cyclonedx-xml': cyclonedxXmlReader,
  'spdx-tag-value': lines(tagValuePart),
  'package-lock': json(PACKAGE_LOCK, packageLockPart),
  'composer-lock': json(COMPOSER_LOCK, composerLockPart),
  'pnpm-lock': lines(pnpmLockPart),
  'yarn-lock': lines(yarnLockPart),
  'poetry-lock': lines((sink) => tomlLockPart(sink, 'pypi')),
  'cargo-lock': lines((sink) => tomlLockPart(sink, 'cargo')),
  requirements: lines(requirementsPart),
  'go-sum': lines(goSumPart),
  'go-mod': lines(goModPart),
  'gemfile-lock': lines(gemfileLockPart),
  'dpkg-status': lines(dpkgStatusPart),
  'dpkg-list': lines(dpkgListPart),
  'rpm-list': lines(rpmListPart),
}

/** The reader of a kind of inventory (`detectInventory` tells which), within these limits. */
export function inventoryReader(kind: InventoryKind, limits: InventoryLimits = INVENTORY_LIMITS): InventoryReader {
  return READERS[kind](limits)
}
