import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { SAYINGS } from '../src/core/say.ts'
import { describeFaults, readOfficeFile, readPrompts } from '../src/prompts.ts'
import { periodsWithoutPack } from '../src/rounds.ts'
import { readScenario } from '../src/scenario.ts'
import { openStore } from '../src/store/open.ts'
import { paginate } from '../src/words.ts'
import { FileFault } from '../src/yaml.ts'

const folder = mkdtempSync(join(tmpdir(), 'thuky-prompts-'))
cpSync('prompts', folder, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true }))

const prompts = await readPrompts('prompts')

/** Changes one file of a copy of prompts/ and says what a start would print. */
async function faultsAfter(
  file: string,
  change: (text: string) => string,
  read: () => Promise<unknown>,
): Promise<string> {
  const path = join(folder, file)
  const before = readFileSync(path, 'utf8')
  writeFileSync(path, change(before))
  try {
    await read()
    return ''
  } catch (error) {
    if (!(error instanceof FileFault)) throw error
    return (await describeFaults(folder, error.faults)).join('\n').replaceAll(folder, '')
  } finally {
    writeFileSync(path, before)
  }
}

const all = () => readPrompts(folder)
const lineOf = (file: string, words: string) =>
  readFileSync(join('prompts', file), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1

describe('the texts', () => {
  it('hold every saying, and no official is asked in a sentence without Vietnamese', () => {
    for (const key of Object.keys(SAYINGS))
      expect(readFileSync('prompts/texts.yaml', 'utf8')).toContain(`\n${key}:`)
  })

  it('missing a sentence stop the start with the key', async () => {
    expect(await faultsAfter('texts.yaml', (text) => text.replace(/\nnothing\.open:.*/, ''), all)).toContain(
      'nothing.open',
    )
  })

  it('with a misspelt key name the line and the key meant', async () => {
    const line = lineOf('texts.yaml', 'nothing.open:')
    const faults = await faultsAfter(
      'texts.yaml',
      (text) => text.replace('nothing.open:', 'nothing.opem:'),
      all,
    )
    expect(faults).toContain(`/texts.yaml, dòng ${line}`)
    expect(faults).toContain('nothing.opem → nothing.open?')
  })

  it('with a place nothing fills name the line and the place', async () => {
    const faults = await faultsAfter(
      'texts.yaml',
      (text) => text.replace('“{raw}” không có trong', '“{rav}” không có trong'),
      all,
    )
    expect(faults).toBe(
      `/texts.yaml, dòng ${lineOf('texts.yaml', 'confused.choice:')}: không có chỗ điền tên {rav}`,
    )
  })

  it('that are no YAML name the line', async () => {
    expect(
      await faultsAfter(
        'texts.yaml',
        (text) => text.replace('quick.skip: Bỏ qua', 'quick.skip: "Bỏ qua'),
        all,
      ),
    ).toMatch(/\/texts\.yaml, dòng \d+: sai cú pháp/)
  })
})

const CATALOGUE = 'items/1-chi-dao.yaml'
const PACK = 'packs/cchc.yaml'

describe('a pack or the catalogue of items', () => {
  it.each([
    [CATALOGUE, 'kind: ratio', 'kind: tyle', 'kind: tyle', 'giá trị chưa đúng, cần count | decimal'],
    [CATALOGUE, 'duty: quan-su', 'duty: quan-xa', 'duty: quan-xa', 'không có phần việc nào tên “quan-xa”'],
    [CATALOGUE, 'group: quan-su', 'group: quan-x', 'group: quan-x', 'không có nhóm nào tên “quan-x”'],
    [CATALOGUE, 'code: I.4.2', 'code: I.4.1', '', '“I.4.1” bị dùng hai lần'],
    [PACK, '{I.4.2}', '{I.4.99}', '{I.4.99}', 'không có gì tên “{I.4.99}” để điền'],
    [PACK, '{I.4.2}', '{I.4.2', '{I.4.2.', 'Ngoặc nhọn mở mà không đóng'],
    [
      CATALOGUE,
      'code: I.1.15, name: Xếp loại',
      'code: I.1.15, draft: "{I.99}", name: Xếp loại',
      'draft: "{I.99}"',
      'không có gì tên “{I.99}” để điền',
    ],
    [
      CATALOGUE,
      'code: I.1.15, name: Xếp loại',
      'code: I.1.15, draft: "{I.1.1", name: Xếp loại',
      'draft: "{I.1.1"',
      'Ngoặc nhọn mở mà không đóng',
    ],
    [PACK, '  title: BÁO CÁO', '  titel: BÁO CÁO', 'titel', 'không có mục nào tên “titel”'],
    [PACK, '  title: BÁO CÁO\n', '', '', 'thiếu mục “title”'],
  ])('%s changed from “%s” to “%s” is refused with line and expectation', async (...row) => {
    const [file, from, to, at, said] = row
    const changed = (text: string) => text.replace(from, to)
    const faults = await faultsAfter(file, changed, all)
    expect(faults).toContain(said)
    const line =
      at === ''
        ? 0
        : changed(readFileSync(join('prompts', file), 'utf8'))
            .split('\n')
            .findIndex((one) => `${one}\n`.includes(at)) + 1
    if (line > 0) expect(faults).toContain(`dòng ${line}:`)
  })
})

describe('the shelf of packs', () => {
  const second = async (text: string) => {
    const path = join(folder, 'packs/z-them.yaml')
    writeFileSync(path, text)
    try {
      return await faultsAfter('texts.yaml', (same) => same, all)
    } finally {
      rmSync(path)
    }
  }
  const own = (id: string, periods: string) =>
    readFileSync(join('prompts', PACK), 'utf8')
      .replace('id: cchc\n', `id: ${id}\n`)
      .replace(/periods:\n(?: .*\n)+/, `periods: ${periods}\n`)

  it('holds no two packs of one name: the second is at fault', async () => {
    expect(await second('id: cchc-gon\nname: Trùng\nextends: cchc\n')).toBe(
      '/packs/z-them.yaml, dòng 1: id – “cchc-gon” bị dùng hai lần',
    )
  })

  it('holds no two packs made for one period, of which an office would collect one', async () => {
    expect(await second(own('cchc-hai', '{ thang1: tháng 1, quy3: quý III }'))).toMatch(
      /^\/packs\/z-them\.yaml, dòng \d+: periods\.quy3 – hai mẫu .* \(quy3: cchc, cchc-hai\)/,
    )
    expect(await second(own('cchc-hai', '{ thang1: tháng 1 }'))).toBe('')
    expect(await second('id: cchc-hai\nname: Riêng\nextends: cchc\nperiods: { quy3: quý III }\n')).toBe('')
  })

  it('holds no pack made for no period', async () => {
    expect(await second('id: cchc-hai\nname: Riêng\nextends: cchc\nperiods: {}\n')).toBe(
      '/packs/z-them.yaml, dòng 4: periods – giá trị chưa đúng, cần quy1: quý I năm {nam}',
    )
  })
})

describe('a collection whose pack is gone', () => {
  it('is named with it, the others are not', async () => {
    const office = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
    const openedAt = '2025-03-04T08:00:00.000+07:00'
    const periods = [
      { key: '2025-quy1', packId: 'cchc-gon', openedAt },
      { key: '2025-thang2', packId: 'mau-cu', openedAt },
      { key: '2025-thang3', packId: 'mau-khac', openedAt },
    ]
    const store = await openStore(`file:${join(folder, 'ky.db')}`)
    await store.saveOffice({ id: office.id, data: JSON.stringify(office) }, openedAt)
    const find = () => periodsWithoutPack(store, { office, packs: prompts.packs, now: openedAt })
    const keep = (opened: typeof periods) =>
      store.turn({ type: 'deed', officeId: office.id, key: `${opened.length}` }, async () => ({
        ...{
          at: openedAt,
          talks: [],
          answers: [],
          messages: [],
          audits: [],
          versions: [],
          unbinds: [],
          changes: [],
        },
        periods: opened,
      }))
    await keep(periods.slice(0, 1))
    expect(await find()).toEqual([])
    await keep(periods.slice(1))
    expect([...(await find())].sort()).toEqual(['2025-thang2: mau-cu', '2025-thang3: mau-khac'])
    await store.close()
  })
})

describe('an office file', () => {
  const file = 'office.example.yaml'
  const read = () => readOfficeFile(join(folder, file), prompts.duties, prompts.packs)

  it.each([
    ['person: chu-tich', 'person: chu-tic', 'không có người nào có mã “chu-tic”'],
    ['kind: phường', 'kind: quận', 'cần xã | phường | đặc khu | thị trấn'],
    ['id: tu-phap', 'id: van-hoa', '“van-hoa” bị dùng hai lần'],
    ['roles: [coordinator, official]', 'roles: [official]', 'chưa có ai giữ vai trò “coordinator”'],
    ['duties: [quan-su]', 'duties: [tu-phap]', '“tu-phap” bị dùng hai lần'],
    ['pack: cchc-gon', 'pack: cchc-gom', 'không có mẫu báo cáo nào tên “cchc-gom”'],
    ['name: Tân Lộc', 'name: [Tân Lộc]', 'giá trị chưa đúng, cần chữ'],
  ])('changed from “%s” to “%s” is refused', async (from, to, said) => {
    expect(await faultsAfter(file, (text) => text.replace(from, to), read)).toContain(said)
  })

  it('that is not there is said not to open', async () => {
    await expect(readOfficeFile(join(folder, 'khong-co.yaml'), prompts.duties)).rejects.toBeInstanceOf(
      FileFault,
    )
  })
})

describe('a scenario', () => {
  it('whose office names a pack nobody has is refused', async () => {
    const path = join(folder, 'mau-la.yaml')
    const { isSample: _, ...office } = await readOfficeFile('prompts/office.example.yaml', prompts.duties)
    const file = { title: 'T', now: '2025-03-04T08:00', office: { ...office, pack: 'la' }, steps: [{}] }
    writeFileSync(path, JSON.stringify(file))
    await expect(readScenario(path, prompts.duties, prompts.packs)).rejects.toThrow(
      'file.unknownPack office.pack la',
    )
    await expect(readScenario(path, prompts.duties)).resolves.toBeDefined()
    const named = { ...file, office: './office-la.yaml' }
    writeFileSync(path, JSON.stringify(named))
    writeFileSync(join(folder, 'office-la.yaml'), JSON.stringify({ ...office, pack: 'la' }))
    await expect(readScenario(path, prompts.duties, prompts.packs)).rejects.toThrow(
      'file.unknownPack pack la',
    )
  })

  it('that names nobody’s id is refused with its line', async () => {
    const path = join(folder, 'kich-ban.yaml')
    writeFileSync(
      path,
      'title: T\nnow: 2025-03-04T08:00\noffice: ./office.example.yaml\nsteps:\n  - from: mot-cua\n    says: "1"\n  - from: ai-day\n    says: "1"\n',
    )
    const fault = await readScenario(path, prompts.duties).catch((error: unknown) => error)
    expect(fault).toBeInstanceOf(FileFault)
    if (fault instanceof FileFault)
      expect((await describeFaults('prompts', fault.faults))[0]).toContain(
        'dòng 7: steps.1.from – không có người nào có mã “ai-day”',
      )
  })

  it('keeps figures as they are written: 1.250 is not one and a quarter', async () => {
    const path = join(folder, 'so.yaml')
    writeFileSync(
      path,
      'title: T\nnow: 2025-03-04T08:00\noffice: ./office.example.yaml\nsteps:\n  - from: cong-an\n    answers: { II.6.2: 1.250, I.1: 05, I.2: 1.000, I.3: 7 }\n',
    )
    const { steps } = await readScenario(path, prompts.duties)
    expect(steps[0]?.answers).toEqual({ 'II.6.2': '1.250', 'I.1': '05', 'I.2': '1.000', 'I.3': '7' })
  })
})

describe('pages', () => {
  it('are cut at line breaks, none longer than asked, and joined they are the message again', () => {
    const text = Array.from({ length: 60 }, (_, index) =>
      `${index}. ${'chữ '.repeat(index % 9)}`.trim(),
    ).join('\n')
    const pages = paginate(text)
    expect(pages.every((page) => page.length <= 900)).toBe(true)
    expect(pages.join('\n')).toBe(text)
    expect(pages.length).toBeGreaterThan(1)
  })

  it('cut a line longer than a page between words', () => {
    expect(paginate('một hai ba bốn', 8)).toEqual(['một hai', 'ba bốn'])
    expect(paginate('x'.repeat(20), 8)).toEqual(['xxxxxxxx', 'xxxxxxxx', 'xxxx'])
  })
})
