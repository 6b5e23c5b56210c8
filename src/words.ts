import { z } from 'zod'
import { SAYINGS, type Say, type SayValue } from './core/say.ts'
import { fillTemplate, placeholdersIn } from './core/template.ts'
import { type CheckedFile, type Fault, type FaultKey, FileFault, readYamlFile } from './yaml.ts'

const FAULT_TEXTS = {
  'file.unreadable': ['value'],
  'file.syntax': ['value'],
  'file.wrong': ['value'],
  'file.wrongForm': ['value'],
  'file.unknownKey': ['value'],
  'file.missing': ['value'],
  'file.twice': ['value'],
  'file.unknownPerson': ['value'],
  'file.unknownDuty': ['value'],
  'file.noRole': ['value'],
  'file.unknownCode': ['value'],
  'file.unknownGroup': ['value'],
  'file.unknownPack': ['value'],
  'file.leftover': ['value'],
  'file.unknownName': ['value'],
  'file.badTemplate': ['value'],
  'file.notHere': ['value'],
  'file.badPeriod': ['value'],
  'file.badOrder': ['value'],
  'file.atNight': ['value'],
  'file.samePeriod': ['value'],
  'file.wrongKind': ['value'],
  'file.unitsDiffer': ['value'],
  'file.circular': ['value'],
  'file.emptyRange': ['value'],
  'file.unknownText': ['value'],
  'file.unknownPlace': ['value'],
} as const satisfies Readonly<Record<FaultKey, readonly string[]>>

/** Sentences of the command line and the start, and the phrases printed on every document. */
const OTHER_TEXTS = {
  ...FAULT_TEXTS,
  'file.at': ['file', 'line', 'path', 'fault'],
  'type.string': [],
  'type.number': [],
  'type.int': [],
  'type.boolean': [],
  'type.array': [],
  'type.object': [],
  'type.record': [],
  'document.nation': [],
  'document.motto': [],
  'document.number': [],
  'document.addressee': [],
  'document.recipients': [],
  'document.draft': [],
  'document.cover': [],
  'document.openDate': ['year'],
  'annex.title': [],
  'annex.reference': [],
  'annex.code': [],
  'annex.name': [],
  'annex.value': [],
  'annex.raw': [],
  'annex.person': [],
  'annex.time': [],
  'annex.checks': [],
  'annex.reason': [],
  'annex.checked': ['held', 'all'],
  'annex.computed': [],
  'annex.changed': ['before', 'after'],
  'phone.title': [],
  'phone.subtitle': [],
  'link.download': ['name', 'url', 'minutes'],
  'link.none': ['name'],
  'cli.usage': [],
  'cli.noForm': ['file'],
  'cli.formImported': ['file', 'rows', 'items', 'defects'],
  'form.label': [],
  'form.title': ['KY'],
  'form.reference': ['nam', 'don_vi'],
  'form.code': [],
  'form.name': [],
  'form.unit': [],
  'form.value': [],
  'form.note': [],
  'form.codeTwice': ['row', 'value'],
  'form.noCode': ['row', 'value'],
  'form.noCodeAbove': ['row', 'value'],
  'form.noUnit': ['row', 'value'],
  'form.groupWithItem': ['row', 'value'],
  'form.unknownOwner': ['row', 'value'],
  'form.badFormula': ['row', 'value'],
  'form.badKind': ['row', 'value'],
  'cli.officeFine': ['office', 'people'],
  'cli.officeLoaded': ['office', 'people'],
  'cli.packFine': ['file', 'items'],
  'cli.periodOpened': ['period', 'office'],
  'cli.periodKnown': ['period', 'office'],
  'cli.badPeriod': ['period'],
  'cli.noPack': ['period'],
  'cli.packGone': ['office', 'periods'],
  'cli.periodOver': ['period', 'day'],
  'cli.notBegun': ['period', 'day'],
  'cli.noFolder': ['folder', 'reason'],
  'cli.notWritten': ['file'],
  'cli.exported': ['file'],
  'cli.reportWritten': ['file', 'done', 'total'],
  'cli.invite': ['person', 'code', 'minutes'],
  'cli.noOffice': ['office'],
  'cli.whichOffice': ['offices'],
  'cli.noPerson': ['person'],
  'cli.played': ['title', 'expected', 'failed', 'folder'],
  'cli.expectation': ['step', 'words'],
  'cli.badLine': ['line'],
  'cli.badEnvironment': ['name', 'expected'],
  'cli.databaseClosed': ['reason'],
  'cli.portTaken': ['port'],
  'cli.ready': ['address'],
  'cli.stopping': [],
  'cli.channelOff': ['channel', 'variable'],
  'cli.channelOn': ['channel'],
  'cli.noPublicUrl': [],
  'cli.telegram': [],
  'cli.zaloOa': [],
  'cli.zaloBot': [],
  'cli.tokenKept': [],
  'cli.tokenWrong': ['reason'],
  'cli.noZaloOa': [],
  'cli.tokenHow': [],
  'token.secretKey': [],
  'token.tooShort': [],
  'token.notAToken': [],
  'token.usedUp': [],
  'token.busy': [],
} as const satisfies Readonly<Record<string, readonly string[]>>

type OtherKey = keyof typeof OTHER_TEXTS

/** Whom a sentence is for. */
export interface Audience {
  readonly address: string
  readonly name: string
}

export interface Words {
  /** One saying, in Vietnamese. */
  phrase(say: Say, audience: Audience): string
  /** A sentence that is not part of the talk. */
  text(key: OtherKey, values?: Readonly<Record<string, string | number>>): string
  /** One line a fault: file, line, what was expected. */
  faults(faults: readonly Fault[]): readonly string[]
  /** All texts whose key begins so: the pages take theirs by "web.". */
  startingWith(prefix: string): Readonly<Record<string, string>>
}

const STRANGER: Audience = { address: 'đồng chí', name: '' }
const AUDIENCE_PLACES = ['you', 'You', 'name']

/** Reads prompts/texts.yaml and checks it whole: every key there, no other, no place that nothing fills. */
export async function readWords(
  path: string,
  pageTexts: Readonly<Record<string, readonly string[]>>,
): Promise<Words> {
  const places: Readonly<Record<string, readonly string[]>> = {
    ...SAYINGS,
    ...OTHER_TEXTS,
    ...pageTexts,
  }
  const file = await readYamlFile(path, z.record(z.string(), z.string()))
  const faults = checkTexts(file, places)
  if (faults.length > 0) throw new FileFault(faults)
  return makeWords(file.value)
}

function checkTexts(
  file: CheckedFile<Readonly<Record<string, string>>>,
  places: Readonly<Record<string, readonly string[]>>,
): readonly Fault[] {
  const texts = file.value
  const missing = Object.keys(places).filter((key) => texts[key] === undefined)
  return [
    ...missing.map((key) => file.faultAt({ path: [key], key: 'file.missing', value: key })),
    ...Object.entries(texts).flatMap(([key, text]): Fault[] => {
      const known = Object.hasOwn(places, key) ? places[key] : undefined
      if (!known)
        return [file.faultAt({ path: [key], key: 'file.unknownText', value: nearest(key, missing) })]
      const used = placeholdersIn(text)
      if (!used) return [file.faultAt({ path: [key], key: 'file.badTemplate', value: key })]
      return used
        .filter((place) => !known.includes(place) && !AUDIENCE_PLACES.includes(place))
        .map((place) => file.faultAt({ path: [key], key: 'file.unknownPlace', value: `{${place}}` }))
    }),
  ]
}

/** The missing key that looks most like a misspelt one, to be named beside it. */
function nearest(key: string, missing: readonly string[]): string {
  const shared = (other: string) => [...key].filter((letter, index) => other[index] === letter).length
  const [best] = [...missing].sort((one, other) => shared(other) - shared(one))
  return best && shared(best) > key.length / 2 ? `${key} → ${best}?` : key
}

function makeWords(texts: Readonly<Record<string, string>>): Words {
  const textOf = (key: string): string => {
    const text = texts[key]
    if (text === undefined) throw new Error(`no text for ${key}`)
    return text.trimEnd()
  }
  const phrase = (say: Say, audience: Audience): string => {
    const values: Readonly<Record<string, SayValue>> = 'values' in say ? say.values : {}
    const filled = Object.fromEntries(
      Object.entries(values).map(([place, value]) => [place, write(value, audience)]),
    )
    const { address, name } = audience
    return fillTemplate(textOf(say.key), { ...filled, you: address, You: capitalise(address), name })
  }
  const write = (value: SayValue, audience: Audience): string => {
    if (typeof value === 'string' || typeof value === 'number') return String(value)
    if (isSay(value)) return phrase(value, audience)
    return value.map((one) => phrase(one, audience)).join('\n')
  }
  const text: Words['text'] = (key, values = {}) => {
    const filled = Object.fromEntries(Object.entries(values).map(([place, value]) => [place, String(value)]))
    return fillTemplate(textOf(key), {
      ...filled,
      you: STRANGER.address,
      You: capitalise(STRANGER.address),
    })
  }
  return {
    phrase,
    text,
    faults: (faults) =>
      faults.map((fault) => {
        const { file, line, path } = fault
        // A schema says "string"; the reader is told it in Vietnamese.
        const value = texts[`type.${fault.value}`] ?? fault.value
        return text('file.at', { file, line, path, fault: text(fault.key, { value }) })
      }),
    startingWith: (prefix) =>
      Object.fromEntries(
        Object.keys(texts)
          .filter((key) => key.startsWith(prefix))
          .map((key) => [key, textOf(key)]),
      ),
  }
}

function isSay(value: Say | readonly Say[]): value is Say {
  return !Array.isArray(value)
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/**
 * When prompts/texts.yaml itself is at fault there are no texts to say so with: the one sentence
 * that stands in code.
 */
export function faultsWithoutWords(faults: readonly Fault[]): readonly string[] {
  return faults.map(({ file, line, key, value }) =>
    `${file}, dòng ${line}: ${BARE_FAULTS[key] ?? 'chưa đúng'} ${value}`.trim(),
  )
}

const BARE_FAULTS: Readonly<Partial<Record<FaultKey, string>>> = {
  'file.unreadable': 'không mở được tệp câu chữ',
  'file.syntax': 'sai cú pháp; câu có dấu hai chấm hoặc bắt đầu bằng dấu ngoặc thì đặt trong dấu nháy kép',
  'file.wrong': 'mỗi dòng phải có dạng "tên: câu"',
  'file.missing': 'thiếu câu',
  'file.unknownText': 'không có câu nào tên',
  'file.unknownPlace': 'không có chỗ điền tên',
  'file.badTemplate': 'ngoặc nhọn mở mà không đóng ở câu',
}

const PAGE_MAX = 900

/** Cuts a long message at line breaks into pages; joined by a line break the pages are the message again. */
export function paginate(text: string, max: number = PAGE_MAX): readonly string[] {
  const pages: string[] = []
  for (const line of text.split('\n').flatMap((whole) => cutLine(whole, max))) {
    const last = pages.at(-1)
    if (last !== undefined && last.length + 1 + line.length <= max)
      pages[pages.length - 1] = `${last}\n${line}`
    else pages.push(line)
  }
  return pages
}

/** Only a line longer than a whole page is cut, between words. */
function cutLine(line: string, max: number): readonly string[] {
  if (line.length <= max) return [line]
  const space = line.lastIndexOf(' ', max)
  const at = space > max / 2 ? space : max
  return [line.slice(0, at), ...cutLine(line.slice(at).trimStart(), max)]
}
