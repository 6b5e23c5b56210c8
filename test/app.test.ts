import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import type { Update } from '../src/channels/channel.ts'
import { createRecordingChannel } from '../src/channels/recording.ts'
import { addMinutes, readMoment } from '../src/core/calendar.ts'
import { packsOf } from '../src/core/pack.ts'
import { periodOf } from '../src/core/period.ts'
import { LARGEST_DOCUMENT } from '../src/documents.ts'
import { hashCode } from '../src/invite.ts'
import { createLog } from '../src/log.ts'
import { readOfficeFile, readPrompts } from '../src/prompts.ts'
import { openStore } from '../src/store/open.ts'
import { readArchive, textOf } from './render/archive.ts'

const folder = mkdtempSync(join(tmpdir(), 'thuky-app-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const { words, packs, duties } = await readPrompts('prompts')
const office = await readOfficeFile('prompts/office.example.yaml', duties)
let count = 0

/** A ward in its own file, with a clock one can turn and a channel that writes things down. */
async function openWard(options: Parameters<typeof createRecordingChannel>[1] = {}) {
  count += 1
  const file = join(folder, `${count}.db`)
  const store = await openStore(`file:${file}`)
  const channel = createRecordingChannel('web', options)
  const logFile = join(folder, `${count}.log`)
  const clock = { now: readMoment('2025-03-05T08:00') ?? '' }
  const app = createApp({
    store,
    packs,
    words,
    channels: [channel],
    clock: () => clock.now,
    log: createLog({ level: 'debug', file: logFile }),
  })
  await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, clock.now)
  for (const { id } of office.people) {
    await store.bind({ channel: 'web', chat: id, officeId: office.id, personId: id }, clock.now)
  }
  const [pack] = packsOf(office, packs)
  if (!pack) throw new Error('no pack')
  await app.openPeriod(office.id, pack, periodOf('quy1', 2025))
  await channel.start(app.receive('web'))
  await app.idle()
  let handed = 0
  const say = async (chat: string, text: string, id?: string, more: Partial<Update> = {}) => {
    handed += 1
    const before = channel.sent.length
    const result = await channel.hand({ id: id ?? `m${handed}`, chat, text, files: [], ...more })
    await app.idle()
    return {
      ...result,
      replies: channel.sent
        .slice(before)
        .filter(({ to }) => to === chat)
        .map(({ message }) => message.text),
    }
  }
  return { app, store, channel, clock, say, file, pack, log: () => readFileSync(logFile, 'utf8') }
}

describe('a stranger', () => {
  it('hears one neutral sentence an hour, and nothing of the office', async () => {
    const { say, clock } = await openWard()
    const { replies } = await say('nguoi-la', '/baocao quy1')
    expect(replies).toEqual([words.phrase({ key: 'stranger.hello' }, { address: 'đồng chí', name: '' })])
    expect(replies[0]).not.toMatch(/Tân Lộc|\d{2}\/\d{2}/)
    expect((await say('nguoi-la', 'alo')).replies).toEqual([])
    expect((await say('nguoi-la', 'tiến độ')).replies).toEqual([])
    clock.now = addMinutes(clock.now, 61)
    expect((await say('nguoi-la', 'alo')).replies).toHaveLength(1)
  })

  it('with a one-time code becomes the person it was made for; the code works once and for an hour', async () => {
    const { say, store, clock } = await openWard()
    const invite = {
      officeId: office.id,
      personId: 'tu-phap',
      codeHash: hashCode('ABC234'),
      expiresAt: addMinutes(clock.now, 60),
    }
    await store.saveInvite(invite)
    const { replies } = await say('dien-thoai-moi', 'abc234')
    expect(replies[0]).toContain('Phạm Quốc Hùng')
    expect(replies[0]).toContain('Số văn bản QPPL đã rà soát')
    expect((await say('ke-khac', 'ABC234')).replies[0]).toContain('mã 6 ký tự')
    await store.saveInvite({ ...invite, codeHash: hashCode('XYZ789') })
    clock.now = addMinutes(clock.now, 61)
    expect((await say('ke-den-muon', 'XYZ789')).replies[0]).toContain('mã 6 ký tự')
  })
})

describe('a message', () => {
  it('delivered again changes nothing and is not answered again', async () => {
    const { say, store } = await openWard()
    expect((await say('cong-an', '1250', 'same')).replies).toHaveLength(1)
    expect((await say('cong-an', 'II.6.2 = 1250', 'again')).replies).toHaveLength(1)
    expect(await say('cong-an', 'II.6.2 = 1250', 'again')).toMatchObject({ isStored: true, replies: [] })
    expect(await store.listAnswers(office.id, '2025-quy1')).toHaveLength(1)
  })

  it.each([
    ['a hundred thousand letters', 'đ'.repeat(100_000)],
    ['control characters', '\u0000\u0007\u001b[31m'],
    ['signs of the other direction', '\u202e228\u202c'],
    ['nothing but spaces', '   \n\t '],
    ['half a letter', '\ud800 228'],
  ])('of %s is answered with one message', async (_, text) => {
    const { say } = await openWard()
    await say('dia-chinh', 'bắt đầu')
    const { replies } = await say('dia-chinh', text)
    expect(replies).toHaveLength(1)
    expect(replies[0]?.length).toBeLessThanOrEqual(900)
  })

  it('is answered in the same words where the channel has no quick replies, or few', async () => {
    const shown = async (buttons: number) => {
      const { say, channel } = await openWard({ capabilities: { buttons } })
      await say('dia-chinh', 'bắt đầu')
      return channel.sent.at(-1)?.message
    }
    const [many, one, none] = [await shown(12), await shown(1), await shown(0)]
    expect(many?.choices.length).toBeGreaterThan(0)
    expect(one).toMatchObject({ text: many?.text, choices: many?.choices.slice(0, 1) })
    expect(none).toMatchObject({ text: many?.text, choices: [] })
  })

  it('with decomposed accents is read like any other and kept composed', async () => {
    const { say, store } = await openWard()
    await say('dia-chinh', 'bắt đầu'.normalize('NFD'))
    await say('dia-chinh', '41 hồ sơ'.normalize('NFD'))
    expect(await store.listAnswers(office.id, '2025-quy1')).toMatchObject([
      { code: 'II.2c.10', raw: '41 hồ sơ', given: { value: '41' } },
    ])
  })

  it('is answered in order within a chat, however fast they come', async () => {
    const { app, channel, store } = await openWard()
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        channel.hand({ id: `f${index}`, chat: 'cong-an', text: `II.6.2 = ${100 + index}`, files: [] }),
      ),
    )
    await app.idle()
    const answers = await store.listAnswers(office.id, '2025-quy1')
    expect(answers.map(({ given }) => (given.state === 'value' ? given.value : ''))).toEqual(
      Array.from({ length: 50 }, (_, index) => String(100 + index)),
    )
    // The opening, twenty replies, and one to say that no more will be said for a minute.
    expect(channel.sent.filter(({ to }) => to === 'cong-an')).toHaveLength(22)
  })

  it('that finds the database locked is told to be not recorded, and nothing is half-written', async () => {
    const { say, store, file } = await openWard()
    const other = await openStore(`file:${file}`)
    let release: () => void = () => undefined
    const held = other.turn(
      { type: 'deed', officeId: office.id, key: 'hold' },
      () =>
        new Promise((resolve) => {
          release = () => resolve(undefined)
        }),
    )
    await sleep(100)
    const { isStored, replies } = await say('cong-an', 'II.6.2 = 1250')
    release()
    await held
    expect(isStored).toBe(false)
    expect(replies[0]).toContain('chưa được ghi')
    expect(await store.listAnswers(office.id, '2025-quy1')).toEqual([])
    expect((await store.countWork()).inboxWaiting).toBe(0)
    expect((await say('cong-an', 'II.6.2 = 1250')).replies[0]).toContain('1.250')
    await other.close()
  })
})

describe('a file', () => {
  const file = (text: string, name = 'so-lieu.txt') => {
    const bytes = new TextEncoder().encode(text)
    return { name, size: bytes.length, bytes }
  }

  it('is stored with its message, read in its turn, and a redelivery changes nothing', async () => {
    const { say, store } = await openWard()
    const { replies } = await say('cong-an', '', 'same', { files: [file('II.6.2 = 1250')] })
    expect(replies[0]).toContain('Tôi đã đọc tệp “so-lieu.txt”')
    expect(replies[0]).toContain('1.250')
    expect((await say('cong-an', '', 'same', { files: [file('II.6.2 = 9')] })).replies).toEqual([])
    expect(await store.listAnswers(office.id, '2025-quy1')).toMatchObject([
      { code: 'II.6.2', raw: '1250', messageId: 'same' },
    ])
  })

  it('too large to be read, or without its bytes, is told so and not kept', async () => {
    const { say } = await openWard()
    const bytes = new Uint8Array(LARGEST_DOCUMENT + 1)
    const large = await say('cong-an', '', undefined, { files: [{ name: 'to.docx', size: 3, bytes }] })
    expect(large.replies[0]).toContain('lớn quá mức')
    const gone = await say('cong-an', '', undefined, { files: [{ name: 'mat.docx', size: 3 }] })
    expect(gone.replies[0]).toContain('không nhận được nội dung')
  })

  it('of a stranger is answered like any word of a stranger', async () => {
    const { say } = await openWard()
    expect((await say('nguoi-la', '', undefined, { files: [file('II.6.2 = 1250')] })).replies[0]).toContain(
      'mã 6 ký tự',
    )
  })
})

describe('a group', () => {
  const inGroup = (sender: string) => ({ sender })

  it('is answered where everyone reads it, and hears nothing when a stranger speaks', async () => {
    const { say, store } = await openWard()
    expect((await say('nhom', 'tiến độ', undefined, inGroup('cong-an'))).replies[0]).toContain('0/1')
    expect((await say('nhom', 'tiến độ', undefined, inGroup('nguoi-la'))).replies).toEqual([])
    expect((await say('nhom', 'II.6.2 = 1250', undefined, inGroup('cong-an'))).replies[0]).toContain(
      'nhắn riêng',
    )
    expect(await store.listAnswers(office.id, '2025-quy1')).toEqual([])
    expect((await store.countWork()).inboxWaiting).toBe(0)
  })

  it('never spends a one-time code', async () => {
    const { say, store, clock } = await openWard()
    const expiresAt = addMinutes(clock.now, 60)
    const codeHash = hashCode('ABC234')
    await store.saveInvite({ officeId: office.id, personId: 'tu-phap', codeHash, expiresAt })
    expect((await say('nhom', '/start ABC234', undefined, inGroup('nguoi-la'))).replies).toEqual([])
    expect(await store.findPerson({ channel: 'web', chat: 'nhom' })).toBeUndefined()
    expect(await store.findPerson({ channel: 'web', chat: 'nguoi-la' })).toBeUndefined()
    expect((await say('dien-thoai-moi', 'ABC234')).replies[0]).toContain('Phạm Quốc Hùng')
  })

  it('is not told of trouble with the store', async () => {
    const { say, store, file } = await openWard()
    await store.close()
    rmSync(file)
    const { isStored, replies } = await say('nhom', 'tiến độ', undefined, inGroup('cong-an'))
    expect([isStored, replies]).toEqual([false, []])
  })
})

describe('a message written anew', () => {
  it('corrects what it gave, however often, and what a reason or a choice gave is left alone', async () => {
    const { say, store } = await openWard()
    const given = async () =>
      (await store.listAnswers(office.id, '2025-quy1')).map(({ given: one }) => 'value' in one && one.value)
    await say('cong-an', 'II.6.2 = 1250', 'first')
    await say('cong-an', 'II.6.2 = 1260', 'second', { edits: 'first' })
    await say('cong-an', 'II.6.2 = 1250', 'third', { edits: 'first' })
    expect(await given()).toEqual(['1250', '1260', '1250'])
    const { replies } = await say('cong-an', '7', 'fourth', { edits: 'never seen' })
    expect(replies[0]).toContain('thành một tin mới')
    await say('tu-phap', 'II.6.2 = 7', 'fifth', { edits: 'first' })
    expect(await given()).toHaveLength(3)
  })
})

describe('quick replies', () => {
  it.each([0, 1, 12])('are no more than the %i the channel can show', async (buttons) => {
    const { say, channel } = await openWard({ capabilities: { buttons } })
    await say('chu-tich', 'trợ giúp')
    await say('cong-an', 'xin chào')
    const counts = channel.sent.map(({ message }) => message.choices.length)
    expect(Math.max(...counts)).toBe(Math.min(buttons, 2))
  })
})

describe('a draft', () => {
  it('is a version when it differs from the last one, with the file as it was handed out', async () => {
    const { say, store, channel } = await openWard()
    await say('chu-tich', '/baocao quy1')
    await say('van-phong', '/baocao quy1')
    await say('cong-an', 'II.6.2 = 1250')
    await say('chu-tich', '/baocao quy1 nguồn')
    await say('chu-tich', '/baocao quy1')
    const files = channel.sent.flatMap(({ message }) => message.file?.bytes ?? [])
    expect(files).toHaveLength(4)
    await store.turn({ type: 'deed', officeId: office.id, key: 'look' }, async (facts) => {
      const versions = await facts.versionsOf('2025-quy1')
      expect(versions.map(({ n, by, isApproved }) => [n, by, isApproved])).toEqual([
        [1, 'chu-tich', false],
        [2, 'chu-tich', false],
      ])
      expect((await facts.fileOf(versions[0]?.fileId ?? ''))?.bytes).toEqual(files[1])
      expect((await facts.fileOf(versions[1]?.fileId ?? ''))?.bytes).toEqual(files[3])
      return undefined
    })
  })
})

describe('an approved report', () => {
  const at = readMoment('2025-03-17T08:00') ?? ''
  const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const approve = async () => {
    const ward = await openWard()
    ward.clock.now = at
    await ward.say('mot-cua', 'II.2c.1 = 228')
    await ward.say('chu-tich', '/baocao')
    await ward.say('chu-tich', 'duyệt')
    const { replies } = await ward.say('chu-tich', 'vẫn duyệt')
    const sent = ward.channel.sent.filter(({ message }) => message.file?.name.startsWith('bao-cao-'))
    return { ...ward, sent, bytes: sent[0]?.message.file?.bytes ?? new Uint8Array(), told: replies.join('') }
  }

  it('goes to every leader as one file without the mark of a draft, under the hash that is told', async () => {
    const { sent, bytes, told, channel } = await approve()
    expect(sent.map(({ to }) => to).sort()).toEqual(['chu-tich', 'pho-chu-tich', 'van-phong'])
    expect(new Set(sent.map(({ message }) => sha(message.file?.bytes ?? new Uint8Array()))).size).toBe(1)
    expect(told).toContain(`phiên bản 2, mã tệp ${sha(bytes).slice(0, 8)}`)
    const textOfFile = (file: Uint8Array) => textOf(readArchive(file).get('word/document.xml') ?? '')
    const draft = channel.sent.find(({ message }) => message.file?.name.startsWith('du-thao-'))?.message.file
    expect(textOfFile(draft?.bytes ?? new Uint8Array())).toContain('PHIẾU THEO DÕI')
    expect(textOfFile(draft?.bytes ?? new Uint8Array())).toContain('DỰ THẢO')
    expect(textOfFile(bytes)).not.toMatch(/PHIẾU THEO DÕI|DỰ THẢO/)
    expect(textOfFile(bytes)).toContain('228')
    expect(textOfFile(bytes)).toContain('[CHƯA CÓ')
  })

  it('is kept as it was sent, and comes again as it was kept', async () => {
    const { say, store, bytes, channel } = await approve()
    expect((await say('mot-cua', 'II.2c.1 = 300')).replies.join('')).toContain('đã khóa số liệu')
    await say('van-phong', 'phiên bản 2')
    expect(channel.sent.at(-1)?.message.file?.bytes).toEqual(bytes)
    await say('chu-tich', 'mở lại vì đếm thiếu')
    await say('mot-cua', 'II.2c.1 = 300')
    await say('chu-tich', 'phiên bản 2')
    expect(channel.sent.at(-1)?.message.file?.bytes).toEqual(bytes)
    await store.turn({ type: 'deed', officeId: office.id, key: 'look-again' }, async (facts) => {
      const [, approved] = await facts.versionsOf('2025-quy1')
      expect(approved).toMatchObject({ n: 2, isApproved: true, by: 'chu-tich', sha256: sha(bytes) })
      expect((await facts.fileOf(approved?.fileId ?? ''))?.bytes).toEqual(bytes)
      return undefined
    })
  })

  it('is approved anew after it was reopened and closed again, though nothing changed', async () => {
    const { say, clock } = await approve()
    await say('chu-tich', 'mở lại vì xem lại lần cuối')
    clock.now = readMoment('2025-03-17T09:00') ?? ''
    await say('van-phong', 'chốt số liệu')
    await say('van-phong', 'vẫn chốt')
    clock.now = readMoment('2025-03-17T10:00') ?? ''
    await say('chu-tich', 'duyệt')
    const { replies } = await say('chu-tich', 'vẫn duyệt')
    expect(replies.join('')).toContain('Đã duyệt báo cáo quý I năm 2025, phiên bản 3')
    expect((await say('chu-tich', 'duyệt')).replies.join('')).toContain('đã được duyệt lúc 10:00')
  })

  it('of the same answers is the same to the last byte', async () => {
    const [one, other] = [await approve(), await approve()]
    expect(other.bytes).toEqual(one.bytes)
  })
})

describe('an office loaded anew', () => {
  it('hands a duty to another while figures are collected: the open items move, the answered stay', async () => {
    const { say, store, clock } = await openWard()
    await say('mot-cua', 'II.2c.1 = 228')
    const people = office.people.map((person) => {
      if (person.id === 'mot-cua') return { ...person, duties: [] }
      return person.id === 'cong-an' ? { ...person, duties: ['cong-an', 'mot-cua', 'thu-tuc'] } : person
    })
    await store.saveOffice({ id: office.id, data: JSON.stringify({ ...office, people }) }, clock.now)
    expect((await say('cong-an', 'tiến độ')).replies[0]).toContain('**1/11**')
    expect((await say('mot-cua', '225; 225; 3')).replies[0]).toContain('do đ/c Ngô Văn Dũng phụ trách')
    expect((await say('cong-an', 'II.2c.1 = 230')).replies[0]).toContain('228 hồ sơ → **230 hồ sơ**')
    expect((await store.listAnswers(office.id, '2025-quy1')).map(({ by }) => by)).toEqual([
      'mot-cua',
      'cong-an',
    ])
  })
})

describe('a period', () => {
  it('opens by the beat when its day has come, once, whoever beats', async () => {
    const { app, channel, clock, store } = await openWard()
    const before = channel.sent.length
    clock.now = readMoment('2025-06-04T08:00') ?? ''
    await Promise.all([app.beat(), app.beat(), app.beat()])
    expect((await store.listPeriods(office.id)).map(({ key }) => key)).toContain('2025-6thang')
    expect(channel.sent.slice(before)).toHaveLength(office.people.length)
    await app.beat()
    expect(channel.sent.slice(before)).toHaveLength(office.people.length)
  })
})

describe('the outbox', () => {
  it('keeps a message the channel cannot take yet, and sends it at a later beat', async () => {
    const { app, channel, clock, say } = await openWard({
      outcomes: [...Array(12).fill({ type: 'sent' }), { type: 'retryLater', afterMs: 60_000 }],
    })
    expect((await say('cong-an', 'bắt đầu')).replies).toEqual([])
    clock.now = addMinutes(clock.now, 2)
    await app.beat()
    expect(channel.sent.filter(({ to }) => to === 'cong-an')).toHaveLength(2)
  })
})

describe('stopping', () => {
  it('finishes the turn in hand and takes nothing new', async () => {
    const { app, channel, store } = await openWard()
    const handed = channel.hand({ id: 'last', chat: 'cong-an', text: 'II.6.2 = 1250', files: [] })
    await handed
    await app.stop()
    expect(await store.listAnswers(office.id, '2025-quy1')).toHaveLength(1)
    expect(await app.receive('web')({ id: 'late', chat: 'cong-an', text: '1', files: [] })).toMatchObject({
      isStored: false,
    })
    await store.close()
  })
})

describe('the log', () => {
  it('holds no words of a message, no name and no code', async () => {
    const { say, store, file, log } = await openWard()
    await say('tu-phap', 'bí mật 4242')
    await store.close()
    rmSync(file)
    expect((await say('tu-phap', 'bí mật 4343')).isStored).toBe(false)
    await sleep(200)
    expect(log()).toContain('could not be stored')
    expect(log()).not.toMatch(/bí mật|4242|4343|Phạm|tu-phap/)
  })
})
