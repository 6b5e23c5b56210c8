import { describe, expect, it } from 'vitest'
import type { Item } from '../../src/core/pack.ts'
import { detailCode, TASK_STATES, type TaskDetail } from '../../src/core/plan.ts'
import { readReply } from '../../src/core/reply.ts'
import { fc } from '../draws.ts'

const asked = [1, 2, 3, 4].map((n) => ({
  item: {
    code: `KH.1.${n}`,
    name: `Nhiệm vụ thứ ${n}`,
    kind: 'choice' as const,
    options: TASK_STATES.map((value) => ({ value, name: value })),
    duty: 'dieu-hanh',
    group: 'ke-hoach',
    isTask: true as const,
  },
}))
const context = { today: '2025-03-12', find: () => undefined }

/** "1 xong, 2 dang-lam" for what was read, or the kind of question. */
function told(text: string, count = 4): string {
  const reply = readReply(asked.slice(0, count), text, context)
  if (reply.type !== 'readings') return reply.type
  return reply.readings
    .map(
      ({ code, result }) => `${code.slice(5)} ${result.outcome === 'value' ? result.value : result.outcome}`,
    )
    .join(', ')
}

describe('the states of tasks', () => {
  it.each([
    ['xong hết', '1 xong, 2 xong, 3 xong, 4 xong'],
    ['Tất cả đã xong', '1 xong, 2 xong, 3 xong, 4 xong'],
    ['cả 4 đều xong ạ', '1 xong, 2 xong, 3 xong, 4 xong'],
    ['tất cả 4 nhiệm vụ đã xong', '1 xong, 2 xong, 3 xong, 4 xong'],
    ['tất cả đang làm', '1 dang-lam, 2 dang-lam, 3 dang-lam, 4 dang-lam'],
    ['xong; đang làm; chưa; xong', '1 xong, 2 dang-lam, 3 chua-lam, 4 xong'],
    ['xong, đang làm, chưa làm, chậm', '1 xong, 2 dang-lam, 3 chua-lam, 4 cham'],
    ['1, 3 xong; 2 đang làm', '1 xong, 3 xong, 2 dang-lam'],
    ['1 và 3 xong, 2 đang làm, 4 chậm', '1 xong, 3 xong, 2 dang-lam, 4 cham'],
    ['1-3 xong; 4 chưa', '1 xong, 2 xong, 3 xong, 4 chua-lam'],
    ['1: xong\n2: đang thực hiện', '1 xong, 2 dang-lam'],
    ['1 = xong', '1 xong'],
    ['nhiệm vụ 2 đã hoàn thành', '2 xong'],
    ['dạ 2 xong ạ', '2 xong'],
    ['1 xong, còn lại đang làm', '1 xong, 2 dang-lam, 3 dang-lam, 4 dang-lam'],
    ['2, 3 chậm; các nhiệm vụ còn lại đã xong', '2 cham, 3 cham, 1 xong, 4 xong'],
    ['còn lại chưa làm', '1 chua-lam, 2 chua-lam, 3 chua-lam, 4 chua-lam'],
    ['1 den 4 dang trien khai', '1 dang-lam, 2 dang-lam, 3 dang-lam, 4 dang-lam'],
  ])('“%s” is read as %s', (text, read) => {
    expect(told(text)).toBe(read)
  })

  it.each([
    ['5 xong', 'unknownItem'],
    ['1 xong; 1 chậm', 'unknownItem'],
    ['xong; chưa', 'miscounted'],
    ['cả 2 đều xong', 'miscounted'],
    ['tất cả 3 nhiệm vụ đã xong', 'miscounted'],
    ['toàn bộ 5 việc đang làm', 'miscounted'],
    ['cả 2 xong hết', 'miscounted'],
  ])('“%s” is asked about', (text, kind) => {
    expect(told(text)).toBe(kind)
  })

  it.each([
    '1 chưa, còn lại xong, còn lại chậm',
    '1 chưa; các nhiệm vụ còn lại xong; còn lại chưa',
    '1 chưa, còn lại 2 xong',
    'cả hai đều xong',
    'xong cả 2',
  ])('“%s” says one thing twice or of nobody knows whom, and records nothing', (text) => {
    expect(told(text)).not.toMatch(/\d (?:xong|dang-lam|chua-lam|cham)/)
  })

  it.each(['xong một nửa', 'gần xong', '1 xong 50%', 'chưa xong', '12', 'không biết'])(
    '“%s” records nothing',
    (text) => {
      expect(told(text)).not.toMatch(/xong|lam|cham/)
    },
  )

  it('are told of one task by the word alone', () => {
    expect(told('xong rồi ạ', 1)).toBe('1 xong')
    expect(told('chưa', 1)).toBe('1 chua-lam')
    expect(told('cả 2 đều xong', 1)).toBe('miscounted')
  })

  it('never throw, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        told(text)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['1 xong, còn lại đang làm', '1, 3 xong; 2 đang làm', '2 chậm'])(
    '“%s” is no figure where figures are asked',
    (text) => {
      const figure = {
        item: { code: 'I.1', name: 'Số hồ sơ', kind: 'count' as const, unit: 'hồ sơ', duty: 'a', group: 'a' },
      }
      expect(readReply([figure], text, context).type).toBe('miscounted')
    },
  )
})

const NAMES: Readonly<Record<TaskDetail, string>> = {
  percent: 'Tỷ lệ thực hiện',
  product: 'Sản phẩm',
  difficulty: 'Khó khăn, vướng mắc',
  cause: 'Nguyên nhân',
  remedy: 'Giải pháp, đề xuất',
}
const details = asked.flatMap(({ item }) =>
  (Object.keys(NAMES) as TaskDetail[]).map((is) => ({
    item: {
      code: detailCode(item.code, is),
      name: NAMES[is],
      kind: is === 'percent' ? 'percent' : 'text',
      duty: item.duty,
      group: item.group,
      detail: { of: item.code, is },
    } satisfies Item,
  })),
)
const known = [...asked, ...details]
const withDetails = {
  ...context,
  find: (code: string) => known.find(({ item }) => item.code.toLowerCase() === code.toLowerCase()),
}

/** "1 dang-lam, TL1 60, VM3 “…”" for what was read, with what is left behind "+". */
function heard(text: string, of: readonly { readonly item: Item }[] = asked): string {
  const reply = readReply(of, text, withDetails)
  if (reply.type !== 'readings') return reply.type
  const written = reply.readings.map(({ code, result }) => {
    const name = code.replace(/^KH\.1\./, '').replace('.1.', '')
    if (result.outcome === 'value') return `${name} ${result.value}`
    if (result.outcome === 'text') return `${name} “${result.text}”`
    if (result.outcome !== 'ask') return `${name} ${result.outcome}`
    return `${name} ?${result.choices.map((one) => (one.outcome === 'value' ? one.value : one.empty)).join('/')}`
  })
  return [written.join(', '), ...reply.leftover].join(' + ')
}

describe('what is told beside the state of a task', () => {
  it.each([
    // nothing arose
    ['3 không phát sinh', '3 khong-phat-sinh'],
    ['4 kps', '4 khong-phat-sinh'],
    ['1, 2 xong; 3 ko phat sinh; 4 KPS', '1 xong, 2 xong, 3 khong-phat-sinh, 4 khong-phat-sinh'],
    ['2 chưa phát sinh', '2 khong-phat-sinh'],
    ['2 khong phat sinh trong ky', '2 khong-phat-sinh'],
    ['1 xong, còn lại không phát sinh', '1 xong, 2 khong-phat-sinh, 3 khong-phat-sinh, 4 khong-phat-sinh'],
    // how much of it
    ['2 đang làm 60%', '2 dang-lam, TL2 60'],
    ['2 dang lam 60 phan tram', '2 dang-lam, TL2 60'],
    ['2 đang làm (60%)', '2 dang-lam, TL2 60'],
    ['2 đang thực hiện, đạt 45,5% khối lượng', '2 dang-lam, TL2 45.5'],
    ['2 đang làm được khoảng 70% rồi ạ', '2 dang-lam, TL2 70'],
    ['3 chậm, mới đạt 30%', '3 cham, TL3 30'],
    ['1 xong 2 đang làm 60% 3 chậm', '1 xong, 2 dang-lam, TL2 60, 3 cham'],
    ['1 xong 100%', '1 xong'],
    ['1.1 xong; 1.2 đang làm 40%', '1 xong, 2 dang-lam, TL2 40'],
    // what came of it
    ['1 xong, KH số 12/KH-UBND ngày 05/01/2026', '1 xong, SP1 “KH số 12/KH-UBND ngày 05/01/2026”'],
    ['1 xong theo QĐ số 15/QĐ-UBND ngày 10/02/2025', '1 xong, SP1 “QĐ số 15/QĐ-UBND ngày 10/02/2025”'],
    ['1 xong (BC 30/BC-UBND); 2 chưa', '1 xong, SP1 “BC 30/BC-UBND”, 2 chua-lam'],
    ['1 xong 12/KH-UBND ngày 4/2/2025, 2 đang làm', '1 xong, SP1 “12/KH-UBND ngày 4/2/2025”, 2 dang-lam'],
    ['1 xong, BC số 5, 6; 2 chậm', '1 xong, SP1 “BC số 5, 6”, 2 cham'],
    [
      '1 xong. Kế hoạch số 12/KH-UBND ngày 05/01/2026. 2 đang làm',
      '1 xong, SP1 “Kế hoạch số 12/KH-UBND ngày 05/01/2026”, 2 dang-lam',
    ],
    ['1 xong, 5/BC-UBND; 3/TB-UBND; 2 xong', '1 xong, SP1 “5/BC-UBND; 3/TB-UBND”, 2 xong'],
    ['1 xong ngày 05/01/2026', '1 xong'],
    // what stands in its way
    [
      '3 chậm do chưa có kinh phí, đề nghị cấp bổ sung',
      '3 cham, VM3 “chưa có kinh phí”, NN3 “chưa có kinh phí”, GP3 “đề nghị cấp bổ sung”',
    ],
    [
      '3 cham do chua co kinh phi, de nghi cap bo sung',
      '3 cham, VM3 “chua co kinh phi”, NN3 “chua co kinh phi”, GP3 “de nghi cap bo sung”',
    ],
    ['3 chậm, thiếu 2 cán bộ', '3 cham, VM3 “thiếu 2 cán bộ”'],
    [
      '3 chậm do thiếu người, 2 cán bộ nghỉ',
      '3 cham, VM3 “thiếu người, 2 cán bộ nghỉ”, NN3 “thiếu người, 2 cán bộ nghỉ”',
    ],
    ['3 chậm; nguyên nhân: mưa bão; giải pháp: làm bù', '3 cham, VM3 “mưa bão”, NN3 “mưa bão”, GP3 “làm bù”'],
    ['3 chậm, vướng mặt bằng, do dân chưa đồng ý', '3 cham, VM3 “vướng mặt bằng”, NN3 “dân chưa đồng ý”'],
    ['2 đang làm 60%, vướng mặt bằng', '2 dang-lam, TL2 60, VM2 “vướng mặt bằng”'],
    ['2 chưa làm do chờ hướng dẫn', '2 chua-lam, VM2 “chờ hướng dẫn”, NN2 “chờ hướng dẫn”'],
    ['1, 2 chậm do mưa', '1 cham, VM1 “mưa”, NN1 “mưa”, 2 cham, VM2 “mưa”, NN2 “mưa”'],
    ['3 chậm tiến độ so với kế hoạch', '3 cham'],
    ['KH.1.3 = chậm do mưa bão', '3 cham, VM3 “mưa bão”, NN3 “mưa bão”'],
    [
      'xong; đang làm 60%; chậm do thiếu người; chưa',
      '1 xong, 2 dang-lam, TL2 60, 3 cham, VM3 “thiếu người”, NN3 “thiếu người”, 4 chua-lam',
    ],
    ['dạ em báo cáo 1 xong và 2 đang làm ạ', '1 xong, 2 dang-lam'],
  ])('“%s” is read as %s', (text, read) => {
    expect(heard(text)).toBe(read)
  })

  it.each([
    // the share does not go with the state
    ['1 xong 50%', '1 ?dang-lam/xong'],
    ['1 đạt 60%', '1 ?dang-lam/xong'],
    ['2 chưa làm 20%', '2 ?chua-lam/dang-lam'],
    ['2 chua lam 20%', '2 ?chua-lam/dang-lam'],
    ['2 đang làm 100%', '2 ?xong/dang-lam'],
    ['2 đang làm 0%', '2 ?chua-lam/dang-lam'],
    ['3 chậm 60%', '3 ?cham/dang-lam'],
    ['4 không phát sinh 20%', '4 ?khong-phat-sinh/dang-lam'],
    ['2 đang làm 50-60%', '2 dang-lam, TL2 ?60'],
    ['2 đang làm 150%', '2 dang-lam, TL2 ?150/15'],
    // the words take the state back
    ['1 xong một nửa; 2 đang làm', '1 noOption, 2 dang-lam'],
    ['1 xong, nhưng chưa ký', '1 noOption'],
    ['1 xong 50% hồ sơ', '1 noOption'],
    ['3 chậm, đã xong', '3 noOption'],
    ['2 đang chờ', '2 noOption'],
    ['2 đang làm, chậm', '2 noOption'],
  ])('“%s” is asked about: %s', (text, read) => {
    expect(heard(text)).toBe(read)
  })

  it.each([
    ['1 xong, họp 2 cuộc', '1 xong + họp 2 cuộc'],
    ['3 chậm; 2 gần xong', '3 cham + 2 gần xong'],
    ['3 chậm do mưa, 2 gần xong', '3 cham, VM3 “mưa”, NN3 “mưa” + 2 gần xong'],
    ['3 chậm 5 ngày', '3 cham + 5 ngày'],
    ['2 đang làm, dự kiến xong 30/6', '2 dang-lam + dự kiến xong 30/6'],
    ['2 đang làm, có 60% hồ sơ được số hóa', '2 dang-lam + có 60% hồ sơ được số hóa'],
    ['2 đang làm, còn 40%', '2 dang-lam + còn 40%'],
    ['1, 2 đang làm 60%', '1 dang-lam, 2 dang-lam + 60%'],
    ['1, 2 xong, KH số 12/KH-UBND', '1 xong, 2 xong + KH số 12/KH-UBND'],
  ])('of “%s” the sure part is taken and the rest said: %s', (text, read) => {
    expect(heard(text)).toBe(read)
  })

  it.each(['2 đảng viên', '3 trẻ em', '1 chữa cháy', '4 đất ở', '2 chăm sóc', '1 chưa, còn lại 2 xong'])(
    '“%s” says no state',
    (text) => {
      expect(heard(text)).not.toMatch(/xong|lam|cham/)
    },
  )

  it.each([
    ['chậm do chưa có kinh phí', '1 cham, VM1 “chưa có kinh phí”, NN1 “chưa có kinh phí”'],
    ['đang làm được 60%', '1 dang-lam, TL1 60'],
    ['xong, KH số 12/KH-UBND', '1 xong, SP1 “KH số 12/KH-UBND”'],
    ['không phát sinh', '1 khong-phat-sinh'],
    ['không', '1 noOption'],
    ['không có', '1 noOption'],
    ['chưa có, hẹn thứ Hai', '1 empty'],
    ['2 xong', 'unknownItem'],
  ])('of one task “%s” is read as %s', (text, read) => {
    expect(heard(text, asked.slice(0, 1))).toBe(read)
  })

  const only = (code: string) => details.filter(({ item }) => item.code === code)

  it.each([
    ['VM.1.3', 'thiếu tiền, do chưa cấp; đề nghị cấp', 'VM3 “thiếu tiền”, NN3 “chưa cấp”, GP3 “đề nghị cấp”'],
    [
      'VM.1.3',
      'Khó khăn, vướng mắc: thiếu máy. Nguyên nhân: máy hỏng. Giải pháp: mua mới',
      'VM3 “thiếu máy”, NN3 “máy hỏng”, GP3 “mua mới”',
    ],
    ['VM.1.3', 'chậm do tỉnh chưa có văn bản', 'VM3 “tỉnh chưa có văn bản”, NN3 “tỉnh chưa có văn bản”'],
    ['VM.1.3', 'không có khó khăn gì', 'VM3 empty'],
    ['VM.1.3', 'mưa bão', 'VM3 “mưa bão”'],
    ['VM.1.3', 'xong rồi', 'VM3 tooShort'],
    ['NN.1.3', 'tỉnh chưa hướng dẫn, đề nghị sớm có', 'NN3 “tỉnh chưa hướng dẫn”, GP3 “đề nghị sớm có”'],
    ['NN.1.3', 'không có', 'NN3 empty'],
    ['GP.1.3', 'xin thêm 2 biên chế, do thiếu người', 'GP3 “xin thêm 2 biên chế, do thiếu người”'],
    ['GP.1.3', 'KH.1.3 = xong', '3 xong'],
  ])('asked %s, “%s” is read as %s', (code, text, read) => {
    expect(heard(text, only(code))).toBe(read)
  })

  const number = fc.integer({ min: 1, max: 4 })
  const document = fc
    .tuple(
      fc.constantFrom('KH', 'BC', 'QĐ'),
      number,
      fc.constantFrom(' ngày 3/2/2026', ' ngày 04/1/2026', ''),
    )
    .map(([kind, n, day]) => `${kind} số ${n}/${kind}-UBND${day}`)
  interface Tell {
    readonly state: string
    readonly tail: string
    readonly product?: string
    readonly share?: number
  }
  const told: fc.Arbitrary<Tell> = fc.oneof(
    document.map((text) => ({ tail: `, ${text}`, state: 'xong', product: text })),
    fc.integer({ min: 1, max: 99 }).map((share) => ({ tail: ` ${share}%`, state: 'đang làm', share })),
    fc.constant({ tail: '', state: 'chưa làm' }),
  )

  it('never takes a number of a document or of a share for a task, nor loses one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(number, { minLength: 1, maxLength: 4 }),
        fc.array(told, { minLength: 4, maxLength: 4 }),
        fc.constantFrom('; ', ', ', '\n', '. '),
        (places, tells, sign) => {
          const said = places.flatMap((place, index) => {
            const tell = tells[index]
            return tell ? [{ place, ...tell }] : []
          })
          const text = said.map(({ place, state, tail }) => `${place} ${state}${tail}`).join(sign)
          const reply = readReply(asked, text, withDetails)
          const readings = reply.type === 'readings' ? reply.readings : []
          const states = readings.filter(({ code }) => code.startsWith('KH.')).map(({ code }) => code)
          expect(states).toEqual(said.map(({ place }) => `KH.1.${place}`))
          for (const { place, product, share } of said) {
            const of = (prefix: string) =>
              readings.find(({ code }) => code === `${prefix}.1.${place}`)?.result
            expect(of('SP')).toEqual(product === undefined ? undefined : { outcome: 'text', text: product })
            expect(of('TL')).toEqual(
              share === undefined ? undefined : expect.objectContaining({ value: `${share}` }),
            )
          }
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('never throws, whatever words of a task are strung together', () => {
    const word = fc.constantFrom(
      ...'1 2 3 4 5 12 , ; : . ( ) – % \n xong đang làm chưa chậm kps 60% 12/KH-UBND 05/01/2026 số KH do vì đề nghị khó khăn: còn lại và không phát sinh nhưng KH.1.2 = VM.1.3'.split(
        ' ',
      ),
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 25 }), fc.integer({ min: 1, max: 4 }), (words, count) => {
        const reply = readReply(asked.slice(0, count), words.join(' '), withDetails)
        if (reply.type !== 'readings') return
        const codes = reply.readings.map(({ code }) => code)
        expect(new Set(codes).size).toBe(codes.length)
      }),
      { numRuns: 3000 },
    )
  })
})
