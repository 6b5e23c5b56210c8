import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findingsOf, reasonKept } from './core/doubt.ts'
import type { ReportPack } from './core/pack.ts'
import type { Period } from './core/period.ts'
import { planFor, withPlan } from './core/plan.ts'
import { latestByCode } from './core/round.ts'
import { type Effort, effortByPeriod, effortOf } from './effort.ts'
import type { Prompts } from './prompts.ts'
import { readRound, type Shelf } from './rounds.ts'
import { playedPeriod, type Stage, shelfOf } from './stage.ts'

export interface Summary extends Effort {
  readonly expected: number
  readonly failed: readonly { readonly step: number; readonly words: string }[]
  readonly reminders: Readonly<Record<string, number>>
  /** By key, "2025-quy1", in the order they were opened. */
  readonly periods: Readonly<Record<string, Effort>>
}

/** By person, from the keys: "remind:2025-quy1:T-3-0800:tu-phap:…". */
export function countReminders(deeds: ReadonlySet<string>): Readonly<Record<string, number>> {
  const people = [...deeds]
    .map((key) => key.split(':'))
    .flatMap(([type, , , person]) => (type === 'remind' && person !== undefined ? person : []))
  return Object.fromEntries(
    [...new Set(people)].map((one) => [one, people.filter((other) => other === one).length]),
  )
}

export function summarisePlay(
  stage: Stage,
  failed: Summary['failed'],
  opened: Shelf['periods'],
): Omit<Summary, 'reminders'> {
  const { steps } = stage.scenario
  const expected = steps.reduce(
    (sum, step) =>
      sum +
      step.expect.length +
      step.refuse.length +
      Object.values(step.expect_to).flat().length +
      Object.keys(step.answers ?? {}).length +
      (step.press === undefined ? 0 : 1),
    0,
  )
  return {
    expected,
    failed,
    ...effortOf(stage.shown, stage.transcript),
    periods: effortByPeriod(stage.shown, stage.transcript, opened),
  }
}

export async function leaveResults(
  stage: Stage,
  summary: Summary,
  prompts: Prompts,
  out: string,
): Promise<void> {
  await mkdir(join(out, 'files'), { recursive: true })
  const { office } = stage.scenario
  const played = playedPeriod(stage.scenario, prompts.packs)
  const answers = played
    ? latestByCode(await stage.store.listAnswers(office.id, played.period.key))
    : new Map()
  const whole = played && withPlan(played.pack, planFor(office, played.period.year))
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  await writeFile(
    join(out, 'transcript.jsonl'),
    stage.transcript.map((line) => `${JSON.stringify(line)}\n`).join(''),
  )
  await writeFile(
    join(out, 'answers.json'),
    json(
      Object.fromEntries(
        [...answers]
          .filter(([code]) => whole?.items.some((item) => item.code === code))
          .map(([code, { given, by, at, raw }]) => [code, { ...given, by, at, raw }]),
      ),
    ),
  )
  await writeFile(join(out, 'findings.json'), json(played ? await listFindings(stage, played, prompts) : []))
  await writeFile(join(out, 'summary.json'), json(summary))
  for (const [index, draft] of stage.drafts.entries()) {
    await writeFile(join(out, 'files', `${String(index + 1).padStart(2, '0')}-${draft.name}`), draft.bytes)
  }
  const last = stage.drafts.at(-1)?.bytes ?? (played && (await stage.app.draft(office.id, played)).file.bytes)
  if (last) await writeFile(join(out, 'report.docx'), last)
}

async function listFindings(
  stage: Stage,
  { period, pack }: { period: Period; pack: ReportPack },
  { words }: Prompts,
) {
  const { office } = stage.scenario
  const shelf = shelfOf(stage, await stage.store.listPeriods(office.id))
  const round = await readRound(shelf, { office, pack, period, now: stage.now })
  return findingsOf(round).map((finding) => ({
    codes: finding.codes,
    kind: finding.type,
    severity: finding.severity,
    left: finding.left,
    right: finding.right,
    difference: finding.difference,
    sentence: words.phrase(finding.say, { address: 'đồng chí', name: '' }),
    kept: reasonKept(finding, round),
  }))
}
