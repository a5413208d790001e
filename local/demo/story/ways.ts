import type { PersonKey } from '#local/demo/cast.ts'
import type { Almanac, Moment } from './almanac.ts'
import type { PostText, Step } from './post.ts'

/** Who has a say in a post. Whom the brand does not ask is left out. */
export type Voices = { author: PersonKey; inside?: PersonKey; client?: PersonKey }

/** The ways of a post that most of them take. Times differ a little, since nobody works on the hour. */
export function waysOf(book: Almanac) {
  const moment = (slot: Moment, workdays: number, time: string) =>
    book.before(slot, workdays, time).add({ minutes: (slot.day * 13 + slot.hour * 7 + workdays * 11) % 47 })

  function written(slot: Moment, workdays: number, by: PersonKey): Step[] {
    const at = moment(slot, workdays, '10:05')
    return [
      { at, by, does: 'write' },
      { at: at.add({ minutes: 4, seconds: 20 }), by, does: 'plan', slot },
    ]
  }

  function sent(slot: Moment, workdays: number, by: PersonKey): Step {
    return { at: moment(slot, workdays, '11:20'), by, does: 'send' }
  }

  /** Who is asked says yes, the last of them `last` working days before. */
  function yes(slot: Moment, last: number, { inside, client }: Voices): Step[] {
    const steps: Step[] = []
    if (inside) {
      const workdays = client ? last + 1 : last
      steps.push({ at: moment(slot, workdays, '09:10'), by: inside, does: 'decide', outcome: 'approved' })
    }
    if (client) {
      steps.push({ at: moment(slot, last, '15:30'), by: client, does: 'decide', outcome: 'approved' })
    }
    return steps
  }

  return {
    /** Written, sent, and a yes from everyone at first sight. */
    passed(slot: Moment, voices: Voices): Step[] {
      return [...written(slot, 5, voices.author), sent(slot, 4, voices.author), ...yes(slot, 2, voices)]
    },

    /** The last to be asked wants something else first; the author does it, and everyone says yes. */
    returned(
      slot: Moment,
      voices: Voices,
      { comment, to }: { comment: string; to: Partial<PostText> },
    ): Step[] {
      const { author, inside, client } = voices
      const again = moment(slot, 4, '10:12')
      const steps = [...written(slot, 7, author), sent(slot, 6, author)]
      if (client) {
        if (inside) steps.push(...yes(slot, 5, { author, inside }))
        steps.push({
          at: moment(slot, 5, '16:08'),
          by: client,
          does: 'decide',
          outcome: 'changes_requested',
          comment,
        })
      } else if (inside) {
        steps.push({
          at: moment(slot, 5, '16:08'),
          by: inside,
          does: 'decide',
          outcome: 'changes_requested',
          comment,
        })
      }
      return [
        ...steps,
        { at: again, by: author, does: 'edit', to },
        { at: again.add({ minutes: 3 }), by: author, does: 'send' },
        ...yes(slot, 2, voices),
      ]
    },

    /** Sent, and waiting for whoever is asked first. */
    waiting(slot: Moment, author: PersonKey, workdays = 1): Step[] {
      return [...written(slot, workdays + 2, author), sent(slot, workdays, author)]
    },

    /** The agency said yes; the client has not answered. */
    waitingForClient(slot: Moment, { author, inside }: { author: PersonKey; inside: PersonKey }): Step[] {
      return [...written(slot, 4, author), sent(slot, 3, author), ...yes(slot, 1, { author, inside })]
    },

    /** Somebody asked for changes, and the author has not sent it again. */
    sentBack(slot: Moment, voices: Voices, comment: string): Step[] {
      const { author, inside, client } = voices
      const by = client ?? inside ?? author
      return [
        ...written(slot, 5, author),
        sent(slot, 4, author),
        ...(client && inside ? yes(slot, 3, { author, inside }) : []),
        { at: moment(slot, 1, '16:10'), by, does: 'decide', outcome: 'changes_requested', comment },
      ]
    },

    /** A yes without a time; `since` is any moment, it says how long ago. */
    passedWithoutTime(since: Moment, voices: Voices): Step[] {
      return [
        { at: moment(since, 4, '10:05'), by: voices.author, does: 'write' },
        sent(since, 3, voices.author),
        ...yes(since, 1, voices),
      ]
    },

    draft(slot: Moment, author: PersonKey): Step[] {
      return written(slot, 1, author)
    },

    /** An idea kept for later. */
    note(since: Moment, author: PersonKey): Step[] {
      return [{ at: moment(since, 2, '17:05'), by: author, does: 'write' }]
    },
  }
}
