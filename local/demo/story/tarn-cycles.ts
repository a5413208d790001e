import type { Almanac } from './almanac.ts'
import type { PostStory } from './post.ts'
import { waysOf } from './ways.ts'

const maker = 'Tarn Cycles'
const showroom = 'Tarn Cycles Showroom'
const site = 'https://tarncycles.example'

/** Steel frames from Leeds. Priya Raman read every post at first; now the agency's own yes is enough. */
export function tarnCycles(book: Almanac): PostStory[] {
  const ways = waysOf(book)
  const forPriya = { author: 'teo', client: 'priya' } as const
  const teo = { author: 'teo', inside: 'rafael' } as const
  const teoByLena = { author: 'teo', inside: 'lena' } as const
  const rafael = { author: 'rafael', inside: 'ines' } as const

  return [...past(), ...now(), ...ahead(), ...launch(), ...kept()]

  function past(): PostStory[] {
    const night = book.week(-1, 'fri', '17:30')
    return [
      {
        title: 'Three people at the torch',
        body: 'Every frame of ours is brazed by one of three people, and you can tell which. Ada leaves the fillet thin, Wes leaves it round, and Mo signs inside the bottom bracket where nobody looks.',
        picture: 'torch-blue',
        pages: [maker],
        steps: ways.passed(book.week(-4, 'tue', '18:00'), forPriya),
      },
      {
        title: 'Shop ride: the reservoir',
        body: 'Saturday, half past nine from the showroom, forty kilometres to the reservoir and back. Nobody is left behind, somebody is always fed.\n\nTyres of 32 mm or more; it gets rough past the dam.',
        picture: 'shop-ride',
        pages: [maker, showroom],
        steps: ways.returned(book.week(-4, 'fri', '08:30'), forPriya, {
          comment: 'Half past nine is when the roads fill up. Say nine, and say who leads it.',
          to: {
            body: 'Saturday, nine o’clock from the showroom, forty kilometres to the reservoir and back. Mo leads, so nobody is left behind and somebody is always fed.\n\nTyres of 32 mm or more; it gets rough past the dam.',
          },
        }),
      },
      {
        title: 'Shop ride: the canal and back',
        body: 'Tomorrow along the towpath: flat, twenty-five kilometres, one café. Bring the bell.\n\nNine o’clock from the showroom.',
        picture: 'canal-ride',
        pages: [maker],
        steps: ways.passed(book.week(-3, 'fri', '17:30'), teo),
      },
      {
        title: 'What a tube weighs',
        body: 'The top tube of a Tarn weighs as much as a tin of beans. The paint on it weighs as much as the label.\n\nPeople ask about grams. We ask how long they want to keep it.',
        picture: 'nine-tubes',
        pages: [maker],
        steps: ways.passed(book.week(-2, 'tue', '18:00'), teo),
      },
      {
        title: 'Torch, Thursday',
        body: 'Brass melts at nine hundred degrees, steel minds at a thousand. Between the two there are four seconds, and Ada lives in them.',
        picture: 'torch-amber',
        pages: [maker],
        steps: ways.passed(book.week(-2, 'thu', '08:15'), teoByLena),
      },
      {
        title: 'Up to the tarn',
        body: 'Fourteen of us, one puncture, no rain until the car park. The tarn was as cold as it looks.\n\nNext one in two weeks; the slow group needs a leader.',
        picture: 'up-to-the-tarn',
        pages: [maker, showroom],
        steps: ways.passed(book.week(-2, 'sun', '10:00'), rafael),
      },
      {
        title: 'True a wheel by ear',
        body: 'Pluck the spokes. A wheel that is true sounds like one note all the way round; where it drops, the spoke is slack.\n\nWes can do it with the radio on.',
        picture: 'wheel-true',
        pages: [maker],
        steps: ways.passed(book.week(-1, 'tue', '18:00'), teo),
      },
      {
        title: 'Workshop, lights off',
        body: 'Half past five, lights off, one frame left in the jig to cool until Monday. Good weekend.',
        picture: 'lights-off',
        pages: [maker],
        steps: [
          ...ways.passed(night, teo),
          {
            at: book.before(night, 3, '14:05'),
            by: 'rafael',
            does: 'say',
            audience: 'internal',
            text: 'Best picture of the month. Keep one like it for the launch.',
          },
        ],
      },
    ]
  }

  function now(): PostStory[] {
    const paint = book.daysAgo(2, '18:00')
    return [
      {
        title: 'Old frame, new paint',
        body: 'Frame 211 came back after nine years with a dent and a story. It leaves in green, without the dent.\n\nWe repaint what we built, always.',
        picture: 'green-frame',
        pages: [maker, showroom],
        steps: [
          ...ways.passed(paint, teo),
          {
            at: paint.subtract({ minutes: 1 }),
            by: 'facebook',
            does: 'misbehave',
            page: showroom,
            how: 'refused',
          },
        ],
      },
      {
        title: 'The bench, before opening',
        body: 'Five tools do nine jobs in ten. The rest of the wall is for the tenth.',
        picture: 'bench-night',
        pages: [showroom],
        steps: ways.passed(book.quarterAgo({ hours: 8 }), teoByLena),
      },
    ]
  }

  function ahead(): PostStory[] {
    const ride = book.week(1, 'fri', '17:30')
    const colours = book.week(3, 'tue', '18:00')
    const tandem = book.week(2, 'sun', '10:00')
    return [
      {
        title: 'Second-hand rail: twelve bikes',
        body: 'Twelve bicycles on the rail, each with a service book and a name. The blue one has been to Vienna and would go again.',
        picture: 'demo-blue',
        pages: [showroom],
        steps: ways.passed(book.daysAhead(1, '18:00'), teo),
      },
      {
        title: 'What two hours of service buys',
        body: 'Two hours on the stand: bearings, cables, both wheels trued, and a list of what can wait.\n\nThe list is the part people come back for.',
        picture: 'bench-tools',
        pages: [maker, showroom],
        steps: ways.passed(book.daysAhead(2, '18:00'), teoByLena),
      },
      {
        title: 'Torch, Thursday: the apprentice',
        body: 'Week six. Isla brazed her first joint that nobody cut open afterwards.',
        pages: [maker],
        steps: ways.passed(book.week(1, 'thu', '08:15'), rafael),
      },
      {
        title: 'Shop ride, Saturday',
        body: 'Tomorrow, nine o’clock from the showroom: fifty kilometres, two climbs, one of them worth it.\n\nMo leads the fast half, Ada the half that talks.',
        picture: 'tarn-at-dusk',
        pages: [maker, showroom],
        steps: [
          ...ways.waiting(ride, 'teo'),
          {
            at: book.minutesAgo(205),
            by: 'teo',
            does: 'say',
            audience: 'internal',
            text: 'Priya leads the slow group herself if Ada is ill. I left that out.',
          },
        ],
      },
      {
        title: 'Nine colours',
        body: 'Nine colours, no extra charge, and no, the ninth is not grey. Come and hold them against the light.',
        link: `${site}/colours`,
        picture: 'nine-colours',
        pages: [maker],
        steps: ways.waiting(colours, 'rafael'),
      },
      {
        title: 'Tandems for hire',
        body: 'Tandems for hire, by the day. Bring somebody you would like to go on talking to.',
        pages: [showroom],
        steps: ways.sentBack(tandem, teoByLena, 'We have one tandem. Say one.'),
      },
    ]
  }

  /** The launch of a new model: its first post lost its yes to an edit. */
  function launch(): PostStory[] {
    const frame = book.week(2, 'tue', '18:00')
    const first =
      'We drew the first Ridge on a kitchen table in Leeds. The second one we drew with the people who broke the first.\n\nHalf an inch lower, stiffer where you push, softer where you sit. Same steel, same three people at the torch.'
    const second = first.replace('Half an inch lower', 'Lower by twelve millimetres')
    return [
      {
        title: 'Ridge 2, launch week: the frame',
        body: first,
        picture: 'red-frame',
        pages: [maker, showroom],
        steps: [
          ...ways.returned(frame, teoByLena, {
            comment: 'Say twelve millimetres, not half an inch. Riders measure.',
            to: { body: second },
          }),
          {
            at: book.minutesAgo(64),
            by: 'teo',
            does: 'edit',
            to: { body: `${second}\n\nThe frame is here on Tuesday at six.` },
          },
          {
            at: book.minutesAgo(62),
            by: 'teo',
            does: 'say',
            audience: 'internal',
            text: 'I added the day and the hour, so Lena’s yes is gone. Asking again once Priya has confirmed the evening.',
          },
        ],
      },
      {
        title: 'Ridge 2, launch week: the ride',
        body: 'Two sizes in the showroom, one loop of nine kilometres with everything in it.',
        picture: 'ridge-two',
        pages: [maker],
        steps: ways.draft(book.week(2, 'thu', '18:00'), 'teo'),
      },
      {
        title: 'Ridge 2, launch week: come and ride it',
        body: 'Saturday, all day. Bring your pedals.',
        pages: [maker, showroom],
        steps: ways.draft(book.week(2, 'sat', '08:30'), 'rafael'),
      },
    ]
  }

  function kept(): PostStory[] {
    return [
      {
        title: 'Frame number four hundred',
        body: 'Number four hundred is in the jig. It goes to a postwoman in Ilkley who wore out number ninety.',
        pages: [maker],
        steps: ways.passedWithoutTime(book.daysAgo(1, '09:00'), teo),
      },
    ]
  }
}
