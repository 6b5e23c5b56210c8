import type { Answer, Given } from '../../src/core/answer.ts'
import { Office } from '../../src/core/office.ts'
import { ReportPack } from '../../src/core/pack.ts'
import { periodOf } from '../../src/core/period.ts'
import type { Round } from '../../src/core/round.ts'
import type { Say } from '../../src/core/say.ts'
import { scheduleOf } from '../../src/core/schedule.ts'
import { step } from '../../src/core/step.ts'
import { type Effect, type Event, NEW_TALK, type Step, type Talk, type World } from '../../src/core/talk.ts'

/** A ward small enough to keep in the head: a chairman, a coordinator, a desk of five items, a clerk of one. */
export const office = Office.parse({
  id: 'nho',
  kind: 'phường',
  name: 'Nhỏ',
  province: 'tỉnh Thử',
  superiors: ['Sở Nội vụ'],
  drafter: 'VH-XH',
  signer: { person: 'sep' },
  people: [
    { id: 'sep', name: 'Trần Sếp', title: 'Chủ tịch', roles: ['chairman'] },
    { id: 'dau-moi', name: 'Lê Mối', title: 'Đầu mối', roles: ['coordinator'], duties: ['chung'] },
    { id: 'ban', name: 'Bùi Bàn', title: 'Một cửa', duties: ['mot-cua'] },
    { id: 'luat', name: 'Phạm Luật', title: 'Tư pháp', duties: ['tu-phap'] },
  ],
})

const count = (code: string, name: string, group: string, duty: string) => ({
  code,
  name,
  kind: 'count',
  unit: 'hồ sơ',
  group,
  duty,
})

export const pack = ReportPack.parse({
  id: 'nho',
  name: 'Báo cáo nhỏ',
  periods: { quy1: 'quý I năm {nam}', nam: 'năm {nam}' },
  document: {
    issuer: ['ỦY BAN NHÂN DÂN', '{DIA_DANH}'],
    symbol: '/BC-UBND',
    title: 'BÁO CÁO',
    subject: 'Việc {ky}',
    opening: ['Số liệu từ {tu_ngay} đến {den_ngay}.'],
    closing: 'Trên đây là báo cáo {ky}./.',
    powers: {
      chairman: ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
      deputy: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'],
    },
    sameAsAbove: 'Như trên',
    filed: 'Lưu: VT, {soan_thao}',
    gap: '[CHƯA CÓ: {ten} – {nguoi}]',
    gapPromised: '[CHƯA CÓ: {ten} – {nguoi} – hẹn {ngay}]',
    none: 'không phát sinh',
    noneText: 'Không có.',
    notApplicable: '–',
    note: 'Ghi chú: {trai} ≠ {phai}: {ly_do}.',
    cover: {
      lead: 'Có {da_co}/{tong}',
      owner: '{nguoi}, {so}: {noi_dung}',
      item: '{ma} {ten}',
      itemPromised: '{ma} {ten} (hẹn {ngay})',
      finding: '{ma}: {trai} ≠ {phai}',
    },
  },
  groups: [
    { id: 'nhan', ask: 'Tiếp nhận' },
    { id: 'chu', ask: 'Bằng chữ' },
    { id: 'chon', ask: 'Chọn' },
  ],
  items: [
    count('I.1', 'Trực tiếp', 'nhan', 'mot-cua'),
    count('I.2', 'Bưu chính', 'nhan', 'mot-cua'),
    count('I.3', 'Một phần', 'nhan', 'mot-cua'),
    count('I.4', 'Toàn trình', 'nhan', 'mot-cua'),
    count('I.5', 'Khác', 'nhan', 'mot-cua'),
    { code: 'II.1', name: 'Nhận xét', kind: 'text', group: 'chu', duty: 'chung' },
    {
      code: 'II.2',
      name: 'Có đối thoại',
      kind: 'choice',
      group: 'chon',
      duty: 'chung',
      options: [
        { value: '0', name: 'Không' },
        { value: '1', name: 'Có' },
      ],
    },
    count('III.1', 'Cuộc', 'nhan', 'tu-phap'),
  ],
  sections: [
    {
      number: 'I',
      title: 'TIẾP NHẬN',
      text: ['Trực tiếp {I.1}, bưu chính {I.2|so}.'],
      sections: [
        {
          number: '1',
          title: 'Chữ',
          text: ['{II.1}'],
          sections: [
            { number: 'a', title: 'Sâu', text: ['Đối thoại: {II.2}; {I.3}, {I.4}, {I.5}, {III.1}.'] },
          ],
        },
      ],
    },
  ],
})

export const NOW = '2025-03-05T08:00:00.000+07:00'

export function answer(code: string, given: Given): Answer {
  const by = code.startsWith('III') ? 'luat' : code.startsWith('II') ? 'dau-moi' : 'ban'
  return { code, given, raw: '', by, at: NOW, channel: 'web', messageId: 'm' }
}

export function value(text: string): Given {
  return { state: 'value', value: text, qualifier: 'exact' }
}

export function round(
  given: Readonly<Record<string, Given>> = {},
  previous: Readonly<Record<string, Given>> = {},
): Round {
  const period = periodOf('quy1', 2025)
  const answers = (of: Readonly<Record<string, Given>>) =>
    new Map(Object.entries(of).map(([code, one]) => [code, answer(code, one)]))
  return {
    period,
    pack,
    schedule: scheduleOf(period, office.calendar),
    isClosed: false,
    today: NOW.slice(0, 10),
    answers: answers(given),
    previous: answers(previous),
  }
}

export function world(me: string, one: Round | undefined = round()): World {
  const person = office.people.find(({ id }) => id === me)
  if (!person) throw new Error(`nobody is called ${me}`)
  return {
    now: NOW,
    office,
    me: person,
    packs: [pack],
    rounds: one ? [one] : [],
    reachable: new Set(office.people.map(({ id }) => id)),
    versions: new Map(),
  }
}

/** A talk as it goes: what each message led to, with the answers kept as the store would keep them. */
export function converse(
  me: string,
  messages: readonly string[],
  start: Round = round(),
): Step & { readonly world: World } {
  let current = start
  let talk: Talk = NEW_TALK
  let last: Step = { talk, effects: [] }
  for (const text of messages) {
    last = step(talk, { type: 'message', text, files: [] }, world(me, current))
    talk = last.talk
    current = kept(current, last.effects)
  }
  return { ...last, world: world(me, current) }
}

export function hear(me: string, event: Event, one: Round = round(), talk: Talk = NEW_TALK): Step {
  return step(talk, event, world(me, one))
}

function kept(one: Round, effects: readonly Effect[]): Round {
  const answers = new Map(one.answers)
  for (const effect of effects) {
    if (effect.type !== 'record') continue
    if (effect.given.state === 'withdrawn') answers.delete(effect.code)
    else answers.set(effect.code, answer(effect.code, effect.given))
  }
  return { ...one, answers }
}

export function saysOf({ effects }: Step): readonly Say[] {
  return effects.flatMap((effect) => (effect.type === 'say' ? effect.says : []))
}

export function keysOf(one: Step): readonly string[] {
  return saysOf(one).map(({ key }) => key)
}

export function recordsOf({ effects }: Step): readonly (readonly [string, Given])[] {
  return effects.flatMap((effect) => (effect.type === 'record' ? [[effect.code, effect.given] as const] : []))
}
