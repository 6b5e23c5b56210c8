import type { OutFile, Update } from '../../src/channels/channel.ts'
import type { WebChannel } from '../../src/channels/web.ts'
import type { TranscriptLine } from '../../src/store/store.ts'
import type { Board, RoomOffice, Rooms } from '../../src/web/rooms.ts'

export const OFFICE: RoomOffice = {
  name: 'UBND phường Hòa Thuận',
  people: [
    ['chu-tich', 'Nguyễn Văn Thành', 'Chủ tịch UBND phường', 'chairman'],
    ['pho-chu-tich', 'Trần Thị Minh Nguyệt', 'Phó Chủ tịch UBND phường', 'chairman'],
    ['van-phong', 'Lê Thị Thu Hà', 'Công chức Văn phòng – Thống kê', 'coordinator'],
    ['tu-phap', 'Phạm Quốc Dũng', 'Công chức Tư pháp – Hộ tịch', 'official'],
    ['tai-chinh', 'Huỳnh Thị Kim Oanh', 'Công chức Tài chính – Kế toán', 'official'],
    ['van-hoa', 'Võ Hoàng Anh', 'Công chức Văn hóa – Xã hội', 'official'],
    ['dia-chinh', 'Đặng Hữu Phước', 'Công chức Địa chính – Xây dựng – Đô thị và Môi trường', 'official'],
    ['mot-cua', 'Bùi Thị Ngọc Ánh', 'Bộ phận Tiếp nhận và Trả kết quả', 'official'],
    ['cong-an', 'Ngô Đình Khôi', 'Trưởng Công an phường', 'official'],
    ['quan-su', 'Trương Minh Trí', 'Chỉ huy trưởng Ban Chỉ huy Quân sự', 'official'],
    ['mat-tran', 'Đỗ Thị Hồng Nhung', 'Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam phường', 'official'],
    ['to-cong-nghe', 'Lý Gia Huy', 'Tổ trưởng Tổ công nghệ số cộng đồng', 'official'],
  ].map(([id = '', name = '', title = '', role = '']) => ({ id, name, title, roles: [role] })),
}

export const BOARD: Board = {
  period: 'quý I năm 2025',
  deadline: '17 giờ 00, thứ Sáu, ngày 14/3/2025',
  done: 9,
  total: 25,
  people: OFFICE.people.slice(2).map(({ id, name }, index) => ({
    id,
    name,
    done: [1, 3, 0, 2, 1, 2, 0, 0, 0, 0][index] ?? 0,
    total: [4, 3, 3, 3, 3, 5, 2, 1, 1, 0][index] ?? 0,
  })),
  sections: [
    {
      title: 'I. Công tác chỉ đạo, điều hành',
      items: [
        {
          code: 'I.1',
          name: 'Số văn bản chỉ đạo, điều hành đã ban hành',
          owner: 'Lê Thị Thu Hà',
          state: 'answered',
          shown: '12 văn bản',
        },
        {
          code: 'I.2',
          name: 'Số nhiệm vụ trong kế hoạch đã hoàn thành',
          owner: 'Lê Thị Thu Hà',
          state: 'answered',
          shown: '7/28',
        },
        {
          code: 'I.3',
          name: 'Sáng kiến, cách làm hay trong cải cách hành chính',
          owner: 'Lê Thị Thu Hà',
          state: 'open',
          shown: '',
        },
      ],
    },
    {
      title: 'II. Cải cách thủ tục hành chính',
      items: [
        {
          code: 'II.2c.1',
          name: 'Số hồ sơ tiếp nhận trong kỳ',
          owner: 'Bùi Thị Ngọc Ánh',
          state: 'answered',
          shown: '7.847 hồ sơ',
        },
        {
          code: 'II.2c.2',
          name: 'Trong đó: tiếp nhận trực tuyến',
          owner: 'Bùi Thị Ngọc Ánh',
          state: 'answered',
          shown: '7.212 hồ sơ',
        },
        {
          code: 'II.2c.3',
          name: 'Số hồ sơ giải quyết quá hạn',
          owner: 'Bùi Thị Ngọc Ánh',
          state: 'empty',
          shown: 'Không phát sinh',
        },
        {
          code: 'II.4',
          name: 'Số phản ánh, kiến nghị đã xử lý',
          owner: 'Phạm Quốc Dũng',
          state: 'pending',
          shown: 'chưa có, hẹn ngày 12/3/2025',
        },
        {
          code: 'II.5',
          name: 'Tỷ lệ hồ sơ thanh toán trực tuyến',
          owner: 'Huỳnh Thị Kim Oanh',
          state: 'open',
          shown: '',
        },
      ],
    },
  ],
}

export const DRAFT: OutFile = {
  id: 'f1',
  name: 'Báo cáo cải cách hành chính quý I năm 2025 – phường Hòa Thuận (dự thảo).docx',
  bytes: new TextEncoder().encode('PK giả'),
}

export interface Ward {
  readonly rooms: Rooms
  readonly updates: readonly Update[]
  say(
    person: string,
    text: string,
    more?: { readonly choices?: readonly string[]; readonly file?: OutFile },
  ): Promise<void>
  setBoard(board: Board | undefined): void
}

/** Rooms in memory, with a bot of one sentence, behind the real channel. */
export async function createWard(channel: WebChannel): Promise<Ward> {
  const linesByPerson = new Map<string, TranscriptLine[]>()
  const files = new Map<string, OutFile>()
  const updates: Update[] = []
  let board: Board | undefined = BOARD
  let count = 0

  function keep(
    person: string,
    line: Pick<TranscriptLine, 'direction' | 'text' | 'choices' | 'files'>,
  ): string {
    count += 1
    const at = `2025-03-03T08:${String(count % 60).padStart(2, '0')}:00.000+07:00`
    const lines = linesByPerson.get(person) ?? []
    lines.push({ ...line, id: `${line.direction === 'in' ? 'i' : 'o'}${count}`, at, channel: 'web' })
    linesByPerson.set(person, lines)
    return String(count)
  }

  const say: Ward['say'] = async (person, text, { choices = [], file } = {}) => {
    if (file) files.set(file.id, file)
    const id = keep(person, {
      direction: 'out',
      text,
      choices,
      files: file ? [{ id: file.id, name: file.name }] : [],
    })
    await channel.send(person, { id, text, choices, ...(file ? { file } : {}) })
  }

  await channel.start(async (update) => {
    if (update.text === 'không lưu') return { isStored: false, say: 'Tin nhắn chưa được ghi nhận.' }
    if (update.text === 'hỏng') throw new Error('the disk is on fire')
    if (updates.some(({ id }) => id === update.id)) return { isStored: true }
    updates.push(update)
    keep(update.chat, { direction: 'in', text: update.text, choices: [], files: [] })
    setImmediate(async () => {
      if (update.text.startsWith('/baocao'))
        await say(update.chat, 'Gửi đồng chí **dự thảo** báo cáo.', { file: DRAFT })
      else await say(update.chat, `Đã ghi nhận: **${update.text}**`, { choices: ['Tiến độ', 'Bỏ qua'] })
    })
    return { isStored: true }
  })

  return {
    rooms: {
      office: async () => OFFICE,
      transcript: async (person) => [...(linesByPerson.get(person) ?? [])],
      board: async () => board,
      file: async (id) => files.get(id),
    },
    updates,
    say,
    setBoard: (next) => {
      board = next
    },
  }
}
