import type { Almanac } from './almanac.ts'
import type { PostStory } from './post.ts'
import { waysOf } from './ways.ts'

const physio = 'Marrow Lane Physio'
const clinic = 'Marrow Lane Clinic'

/** A physiotherapy practice. The agency says yes first, then Dr. Aziz. */
export function marrowLane(book: Almanac): PostStory[] {
  const ways = waysOf(book)
  const teo = { author: 'teo', inside: 'rafael', client: 'nadia' } as const
  const lena = { author: 'lena', inside: 'rafael', client: 'nadia' } as const
  const rafael = { author: 'rafael', inside: 'ines', client: 'nadia' } as const

  return [...past(), ...broken(), ...ahead(), ...kept()]

  function past(): PostStory[] {
    const broken = book.week(-4, 'thu', '09:00')
    const tape = book.week(-2, 'tue', '08:00')
    const chairs = book.week(-1, 'mon', '08:00')
    return [
      {
        title: 'Desk height, part one',
        body: 'Elbows at the height of the table, eyes at the height of the screen’s upper edge, both feet down.\n\nIf one of the three is missing, start with the feet.',
        picture: 'desk-height',
        pages: [physio],
        steps: ways.passed(book.week(-4, 'mon', '08:00'), teo),
      },
      {
        title: 'The lift is out of order',
        body: 'The lift is out of order until Monday. We are on the second floor, thirty-one steps.\n\nIf steps are what you see us about, ring before you come: we see you on the ground floor.',
        pages: [clinic],
        steps: [
          ...ways.passed(broken, lena),
          { at: book.week(-3, 'mon', '09:20'), by: 'lena', does: 'archive' },
        ],
      },
      {
        title: 'The lift is mended',
        body: 'The lift runs again. Second floor, then left; the bell is at the height of a wheelchair, as it should have been from the start.',
        picture: 'clinic-door-grey',
        pages: [clinic],
        steps: ways.passed(book.week(-3, 'mon', '09:00'), lena),
      },
      {
        title: 'Going down is the harder part',
        body: 'Knees complain on the way down, not up: each step lands four times your weight on one bent joint.\n\nHold the rail, go slowly, and let the stronger leg go second. Two weeks of that often does more than rest.',
        picture: 'stairs-down',
        pages: [physio, clinic],
        steps: ways.passed(book.week(-3, 'wed', '08:00'), teo),
      },
      {
        title: 'Tape is a reminder',
        body: 'Tape does not hold a knee together. It reminds the skin, and the skin reminds you, to bend it the way you practised.\n\nThat is why it works for about a week, and why we then take it off.',
        picture: 'knee-tape',
        pages: [physio],
        steps: [
          ...ways.returned(tape, teo, {
            comment: 'Three days, not a week: after that it irritates the skin. The rest is well said.',
            to: {
              body: 'Tape does not hold a knee together. It reminds the skin, and the skin reminds you, to bend it the way you practised.\n\nAfter three days the reminder is worn out, and we take it off.',
            },
          }),
        ],
      },
      {
        title: 'Two weeks off running',
        body: 'A calf that hurts at the third kilometre wants two weeks of walking, not two days of rest.\n\nWalk as far as you used to run. If it is silent on day ten, run one kilometre on day fourteen.',
        picture: 'running-shoe',
        pages: [physio],
        steps: ways.passed(book.week(-2, 'fri', '08:00'), rafael),
      },
      {
        title: 'Six chairs we like',
        body: 'We sat on forty. These six are easy on the back, and two of them cost less than a pair of shoes.',
        link: 'https://marrowlane.example/six-chairs',
        picture: 'chair-we-like',
        pages: [physio],
        steps: [
          ...ways.returned(chairs, teo, {
            comment: 'Nothing is “easy on the back”. Say that you can sit on them for an hour.',
            to: {
              body: 'We sat on forty. On these six you can sit for an hour without thinking of your back, and two of them cost less than a pair of shoes.',
            },
          }),
          {
            at: book.before(chairs, 6, '12:30'),
            by: 'rafael',
            does: 'say',
            audience: 'internal',
            text: 'Dr. Aziz will not like “easy”. I let it through so that she says it herself, once.',
          },
        ],
      },
      {
        title: 'Parking, honestly',
        body: 'There are four places in the yard and they are full by nine. The Mill Street car park is six minutes on foot, three if your knee is well.\n\nBicycles: inside the gate, under the roof.',
        picture: 'clinic-door',
        pages: [clinic],
        steps: ways.passed(book.week(-1, 'thu', '09:00'), lena),
      },
    ]
  }

  /** Yesterday evening the owner of the Page changed a password; since then nothing gets through. */
  function broken(): PostStory[] {
    const stairs = book.quarterAgo({ hours: 2 })
    return [
      {
        title: 'Three stairs, one knee',
        body: 'Three stairs are enough to find out. Up with the good leg, down with the other, and count which one shakes.\n\nIf it is the same one three days running, come and show us.',
        picture: 'three-stairs',
        pages: [physio, clinic],
        steps: [
          ...ways.passed(stairs, teo),
          {
            at: book.minutesAgo(95),
            by: 'lena',
            does: 'say',
            audience: 'internal',
            text: 'Dr. Aziz changed her Facebook password last night. She has to let us in again, I have asked her to ring.',
          },
        ],
      },
      {
        title: 'Stand up at the kettle',
        body: 'Your back does not want better posture. It wants the next one.\n\nStand while the kettle boils, and you have stood up six times a day.',
        picture: 'spine-standing',
        pages: [physio],
        steps: ways.passed(book.quarterAgo({ hours: 1 }), rafael),
      },
    ]
  }

  function ahead(): PostStory[] {
    const visit = book.daysAhead(3, '09:00')
    const mat = book.week(1, 'sat', '08:00')
    const lifting = book.week(1, 'thu', '08:00')
    return [
      {
        title: 'Desk height, part two',
        body: 'The chair is right and the neck still aches? Look at the telephone. Whoever writes with it between ear and shoulder needs no chair, but a headset.',
        picture: 'desk-height-two',
        pages: [physio],
        steps: ways.passed(book.daysAhead(1, '08:00'), teo),
      },
      {
        title: 'Clinic on two wheels',
        body: 'Bring the bicycle. Half of the knees that hurt on a bicycle hurt because of two centimetres at the saddle.\n\nWednesday afternoons, half an hour, with an Allen key.',
        picture: 'clinic-two-wheels',
        pages: [physio],
        steps: ways.passed(book.week(1, 'wed', '08:00'), rafael),
      },
      {
        title: 'What a first visit is',
        body: 'Forty minutes. You tell us what you can no longer do, we watch you do it, and you leave with two exercises, not twelve.\n\nBring shorts, and the letter if you have one.',
        picture: 'knee-clay',
        pages: [clinic],
        steps: [
          ...ways.waitingForClient(visit, { author: 'teo', inside: 'ines' }),
          {
            at: book.before(visit, 2, '11:40'),
            by: 'ines',
            does: 'say',
            audience: 'internal',
            text: 'Good. I took nothing out, for once.',
          },
        ],
      },
      {
        title: 'Saturday mat class',
        body: 'An easy hour on the mat, Saturdays at ten. Mats are here, bring a jumper for the end.\n\nEight places, all ages, no mirrors.',
        picture: 'mat-class',
        pages: [clinic],
        steps: ways.sentBack(
          mat,
          teo,
          'Say gentle, not easy. It is not easy, and they find out at the first plank.',
        ),
      },
      {
        title: 'Lifting, without fear',
        body: 'Backs are made for lifting. What they dislike is surprise: the first heavy box after a month of none.\n\nLift something small every day, and the sofa is only the next thing.',
        pages: [physio],
        steps: [
          ...ways.waiting(lifting, 'teo'),
          {
            at: book.minutesAgo(176),
            by: 'teo',
            does: 'say',
            audience: 'internal',
            text: 'No picture yet. Lena has one of two removal men, I am asking whether we may.',
          },
        ],
      },
    ]
  }

  function kept(): PostStory[] {
    const shoulder = book.week(2, 'tue', '08:00')
    return [
      {
        title: 'Mat class, the morning group',
        body: 'There is a second mat class: Tuesdays at seven, for people whose Saturday is taken. Forty-five minutes, then a shower, then the day.',
        picture: 'mat-morning',
        pages: [clinic],
        steps: ways.passedWithoutTime(book.daysAgo(1, '09:00'), teo),
      },
      {
        title: 'Frozen shoulder, slowly',
        body: 'It thaws. It takes a year, sometimes two, and there is something to do in each month of it.',
        pages: [physio],
        steps: [
          ...ways.waiting(shoulder, 'teo'),
          {
            at: book.before(shoulder, 1, '12:55'),
            by: 'teo',
            does: 'say',
            audience: 'internal',
            text: 'Taking it back: “thaws” is pretty, but Dr. Aziz will ask for the study.',
          },
          { at: book.before(shoulder, 1, '12:56'), by: 'teo', does: 'withdraw' },
        ],
      },
      {
        title: 'Sleep, and the neck',
        body: 'One pillow, as high as your shoulder is wide. That is most of what there is to know.',
        pages: [physio],
        steps: ways.draft(book.week(2, 'mon', '08:00'), 'teo'),
      },
      {
        title: 'New at the desk',
        body: 'Say hello to Joan. She knows who is running late, and by how much.',
        pages: [],
        steps: ways.note(book.daysAgo(1, '09:00'), 'lena'),
      },
    ]
  }
}
