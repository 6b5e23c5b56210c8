import { readFile } from 'node:fs/promises'
import {
  isAlias,
  isMap,
  isNode,
  isSeq,
  LineCounter,
  parseDocument,
  type Scalar,
  stringify,
  visit,
} from 'yaml'
import type { z } from 'zod'
import type { Problem } from './core/office.ts'

/** A file that cannot be used, with where and why; worded by `words`. */
export interface Fault {
  readonly file: string
  readonly line: number
  /** "items.3.kind" */
  readonly path: string
  readonly key: FaultKey
  readonly value: string
}

export type FaultKey =
  | Problem['key']
  | 'file.unreadable'
  | 'file.syntax'
  | 'file.wrong'
  | 'file.wrongForm'
  | 'file.unknownKey'
  | 'file.unknownText'
  | 'file.unknownPlace'

export class FileFault extends Error {
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super(
      faults
        .map((fault) => `${fault.file}:${fault.line}: ${fault.key} ${fault.path} ${fault.value}`)
        .join('\n'),
    )
    this.name = 'FileFault'
    this.faults = faults
  }
}

/** A file read and checked, with a way to name the line of anything in it. */
export interface CheckedFile<T> {
  readonly value: T
  faultAt(problem: { readonly path: Problem['path']; readonly key: FaultKey; readonly value: string }): Fault
  /** What was made of this file, parsed again; throws FileFault with the lines of this file. */
  parse<Made>(schema: z.ZodType<Made>, made: unknown): Made
}

/** Reads a YAML file, checks it against the schema and then with `check`; throws FileFault with every fault found. */
export async function readYamlFile<T>(
  path: string,
  schema: z.ZodType<T>,
  check: (value: T) => readonly Problem[] = () => [],
): Promise<CheckedFile<T>> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch {
    throw new FileFault([{ file: path, line: 1, path: '', key: 'file.unreadable', value: '' }])
  }
  return checkYaml(path, text, schema, check)
}

/** The same for text already read. */
export function checkYaml<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
  check: (value: T) => readonly Problem[] = () => [],
): CheckedFile<T> {
  const lines = new LineCounter()
  const document = parseDocument(text.normalize('NFC'), { lineCounter: lines })
  const broken = document.errors.map(
    (error): Fault => ({
      file,
      line: error.linePos?.[0].line ?? 1,
      path: '',
      key: 'file.syntax',
      value: error.code,
    }),
  )
  // One wrong indent breaks every line after it: the first is the one to mend.
  if (broken.length > 0) throw new FileFault(broken.slice(0, 1))
  const faultAt = (problem: {
    readonly path: Problem['path']
    readonly key: FaultKey
    readonly value: string
  }): Fault => ({
    file,
    line: lineOf(problem.path),
    path: problem.path.join('.'),
    key: problem.key,
    value: problem.value,
  })
  /** The line of the nearest thing that exists on the way to the path. */
  function lineOf(path: Problem['path']): number {
    let place: Place | undefined = { node: document.contents, offset: 0 }
    let offset = 0
    for (const step of path) {
      place = place && stepInto(isAlias(place.node) ? place.node.resolve(document) : place.node, step)
      if (!place) break
      offset = place.offset
    }
    return lines.linePos(offset).line
  }
  visit(document, { Scalar: keepAsWritten })
  let plain: unknown
  try {
    plain = document.toJS()
  } catch {
    // "*ten" points to an anchor that is not there.
    throw new FileFault([{ file, line: 1, path: '', key: 'file.syntax', value: '*' }])
  }
  const parse = <Made>(by: z.ZodType<Made>, made: unknown): Made => {
    const parsed = by.safeParse(made, { reportInput: true })
    if (parsed.success) return parsed.data
    throw new FileFault(parsed.error.issues.flatMap((issue) => issueFaults(issue, faultAt)))
  }
  const value = parse(schema, plain)
  const problems = check(value)
  if (problems.length > 0) throw new FileFault(problems.map(faultAt))
  return { value, faultAt, parse }
}

/** For a file a clerk goes on editing: long lines are not broken. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 })
}

/** YAML reads 1.250 as one and a quarter; here it is what a clerk wrote, to be read as a clerk means it. */
function keepAsWritten(_: unknown, scalar: Scalar): void {
  if (
    typeof scalar.value === 'number' &&
    scalar.source !== undefined &&
    scalar.source !== String(scalar.value)
  ) {
    scalar.value = scalar.source
  }
}

interface Place {
  readonly node: unknown
  readonly offset: number
}

/** A key's own place for a map, the item's for a list. */
function stepInto(node: unknown, step: string | number): Place | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isNode(key) && String(key) === String(step))
    return pair && isNode(pair.key) ? { node: pair.value, offset: pair.key.range?.[0] ?? 0 } : undefined
  }
  const item = isSeq(node) ? node.items[Number(step)] : undefined
  return isNode(item) ? { node: item, offset: item.range?.[0] ?? 0 } : undefined
}

type FaultAt = CheckedFile<unknown>['faultAt']

function issueFaults(issue: z.core.$ZodIssue, faultAt: FaultAt): readonly Fault[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => faultAt({ path: [...path, key], key: 'file.unknownKey', value: key }))
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  const last = path.at(-1)
  if (missing && last !== undefined) return [faultAt({ path, key: 'file.missing', value: String(last) })]
  const key =
    issue.code === 'invalid_format' && !issue.message.startsWith('Invalid') ? 'file.wrongForm' : 'file.wrong'
  return [faultAt({ path, key, value: expectation(issue) })]
}

/** What was expected, in signs rather than words: "phường | xã", "a-z0-9", "≥ 1". */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return issue.values.map(String).join(' | ')
    case 'invalid_type':
      return issue.expected
    case 'invalid_format':
      return issue.message.startsWith('Invalid') ? issue.format : issue.message
    case 'too_small':
      return `≥ ${issue.minimum}`
    case 'too_big':
      return `≤ ${issue.maximum}`
    default:
      return issue.message
  }
}
