import { EventEmitter } from 'node:events'

export type Mail = {
  id: number
  receivedAt: string
  from: string
  to: string[]
  subject: string
  text: string
  html: string | null
  attachments: { filename: string; type: string; sizeBytes: number }[]
}

const keptMails = 1000

/** What was caught since the start, newest first. In memory: mail that left is no one's data to keep. */
export class Mailbox {
  readonly changes = new EventEmitter<{ change: [] }>()
  #mails: Mail[] = []
  #lastId = 0

  add(mail: Omit<Mail, 'id' | 'receivedAt'>): void {
    this.#lastId += 1
    this.#mails.unshift({ id: this.#lastId, receivedAt: new Date().toISOString(), ...mail })
    this.#mails.length = Math.min(this.#mails.length, keptMails)
    this.changes.emit('change')
  }

  list(to?: string): Mail[] {
    return to === undefined ? this.#mails : this.#mails.filter((mail) => mail.to.includes(to.toLowerCase()))
  }

  find(id: number): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id)
  }

  clear(): void {
    this.#mails = []
    this.changes.emit('change')
  }

  /** Everyone who got mail, with how many, most recent first. */
  recipients(): { address: string; count: number }[] {
    const counts = new Map<string, number>()
    for (const address of this.#mails.flatMap((mail) => mail.to)) {
      counts.set(address, (counts.get(address) ?? 0) + 1)
    }
    return [...counts].map(([address, count]) => ({ address, count }))
  }
}
