import type { Almanac } from './almanac.ts'
import type { PostStory } from './post.ts'
import { waysOf } from './ways.ts'

const page = 'Oat & Ember'
const harbourStreet = 'Oat & Ember Harbour Street'
const site = 'https://oatandember.example'

/** Seven bakery shops in Bristol. Marguerite Oakes says yes to everything that goes out. */
export function oatAndEmber(book: Almanac): PostStory[] {
  const ways = waysOf(book)
  const teo = { author: 'teo', client: 'marguerite' } as const
  const ines = { author: 'ines', client: 'marguerite' } as const
  const rafael = { author: 'rafael', client: 'marguerite' } as const

  return [
    ...fourWeeksAgo(),
    ...threeWeeksAgo(),
    ...twoWeeksAgo(),
    ...lastWeek(),
    ...now(),
    ...ahead(),
    ...kept(),
  ]

  function fourWeeksAgo(): PostStory[] {
    const leekPie = book.week(-4, 'fri', '07:30')
    return [
      {
        title: 'Soup of the week: leek',
        body: 'Leek, potato, and a heel of rye to wipe the bowl.\n\nFrom eleven at all seven shops, until the pot is empty. Last time that was ten past two.',
        picture: 'soup-leek',
        pages: [page, harbourStreet],
        steps: ways.passed(book.week(-4, 'mon', '07:30'), teo),
      },
      {
        title: 'Apprentice baker wanted',
        body: 'We are looking for an apprentice. The shift starts at four and ends at noon, and you go home smelling of toast.\n\nNo school needed; Odile had none. Write to us and say what you last baked, even if it sank.',
        link: `${site}/work`,
        pages: [page],
        steps: ways.passed(book.week(-4, 'tue', '12:00'), ines),
      },
      {
        title: 'Croissants, plain and proud',
        body: 'Twenty-seven folds, no filling, nothing on top. If you want jam there is jam.\n\nAt the counter from seven.',
        picture: 'croissant-on-plate',
        pages: [page],
        steps: ways.passed(book.week(-4, 'wed', '08:00'), teo),
      },
      {
        title: 'Friday pie drop: leek and Caerphilly',
        body: 'Leek, Caerphilly, a lid of lattice. 40 pies, all seven shops, £6.50 each. First in, first served.',
        picture: 'pie-leek',
        pages: [page, harbourStreet],
        steps: [
          ...ways.returned(leekPie, teo, {
            comment: 'No price in the text, it differs at the Station kiosk. And write “forty”, please.',
            to: {
              body: 'Leek, Caerphilly, a lid of lattice. Forty of them, all seven shops, out at half past seven.\n\nWhen they are gone they are gone until next Friday.',
            },
          }),
          {
            at: book.before(leekPie, 4, '10:40'),
            by: 'teo',
            does: 'say',
            audience: 'internal',
            text: 'Kiosk sells them a little dearer, hence the fuss. Forty in words from now on.',
          },
        ],
      },
      {
        title: 'Saturday queue, the first ten',
        body: 'The first ten at Harbour Street this morning, in order: one newspaper, two dogs, a pram, the man who has been first for two years, and five people who wanted croissants.',
        picture: 'shop-early',
        pages: [harbourStreet],
        steps: ways.passed(book.week(-4, 'sat', '08:00'), teo),
      },
    ]
  }

  function threeWeeksAgo(): PostStory[] {
    const celeriac = book.week(-3, 'mon', '07:30')
    const odile = book.week(-3, 'tue', '12:00')
    const course = book.week(-3, 'thu', '18:00')
    return [
      {
        title: 'Soup of the week: celeriac',
        body: 'Celeriac, brown butter, a little nutmeg. It looks like nothing and tastes like Sunday.\n\nFrom eleven, all seven shops.',
        picture: 'soup-celeriac',
        pages: [page],
        steps: [
          ...ways.passed(celeriac, teo),
          {
            at: celeriac.subtract({ minutes: 1 }),
            by: 'facebook',
            does: 'misbehave',
            page,
            how: 'throttled',
          },
        ],
      },
      {
        title: 'Meet Odile, head of pastry',
        body: 'Odile came to us with no school and two summers of strawberry picking. Now she runs pastry: nine people, four hundred lattices a month, one radio that nobody else may touch.\n\nAsk her about butter. Bring time.',
        picture: 'odile-hands',
        pages: [page],
        steps: [
          ...ways.passed(odile, ines),
          {
            at: book.before(odile, 3, '14:22'),
            by: 'marguerite',
            does: 'say',
            audience: 'client',
            text: 'Odile has read it and says the radio is true. She would like it known that she was asked.',
          },
          {
            at: book.before(odile, 3, '14:50'),
            by: 'ines',
            does: 'say',
            audience: 'client',
            text: 'She was, on Tuesday, in flour to the elbow. We kept her words.',
          },
        ],
      },
      {
        title: 'Sourdough class: six places',
        body: 'Six places at the long table at Mill Lane, three hours, flour up to your elbows.\n\nYou take home a loaf, a jar of starter, and the reason your last one was flat.',
        link: `${site}/class`,
        picture: 'class-card',
        pages: [page],
        steps: [
          ...ways.passed(course, teo),
          {
            at: course.subtract({ minutes: 1 }),
            by: 'facebook',
            does: 'misbehave',
            page,
            how: 'answer_lost',
          },
        ],
      },
      {
        title: 'Friday pie drop: mushroom and ale',
        body: 'Mushroom, brown ale, thyme, a lid of lattice. Forty of them, all seven shops, out at half past seven.\n\nWhen they are gone they are gone until next Friday.',
        picture: 'pie-mushroom',
        pages: [page, harbourStreet],
        steps: ways.passed(book.week(-3, 'fri', '07:30'), teo),
      },
    ]
  }

  function twoWeeksAgo(): PostStory[] {
    const buns = book.week(-2, 'thu', '07:30')
    return [
      {
        title: 'Flour from forty kilometres away',
        body: 'Our flour comes from Hartwell mill, forty kilometres up the road. We know the field, the miller, and the dog that sleeps on the sacks.\n\nIt costs us more. It is the reason Monday’s loaf still tastes of something on Thursday.',
        picture: 'hartwell-mill',
        pages: [page],
        steps: ways.passed(book.week(-2, 'wed', '12:00'), rafael),
      },
      {
        title: 'Ember buns are back',
        body: 'Ember buns, restocked. Two trays a shop, warm at half past seven, cold by nine, gone by ten.',
        picture: 'ember-buns',
        pages: [page, harbourStreet],
        steps: [
          ...ways.returned(buns, teo, {
            comment: 'Say they are back, not restocked. We are not a warehouse.',
            to: { body: 'Ember buns are back. Two trays a shop, warm at half past seven, gone by ten.' },
          }),
          {
            at: book.before(buns, 6, '11:02'),
            by: 'teo',
            does: 'say',
            audience: 'internal',
            text: 'I know she dislikes “restocked”, but it fits the line. Let us see.',
          },
          {
            at: book.before(buns, 4, '10:31'),
            by: 'ines',
            does: 'say',
            audience: 'internal',
            text: 'Keep a list of her words. This is the third time.',
          },
        ],
      },
      {
        title: 'Friday pie drop: steak and stout',
        body: 'Steak, stout, carrots cut like coins, a lid of lattice. Forty of them, all seven shops, out at half past seven.\n\nWhen they are gone they are gone until next Friday.',
        picture: 'pie-stout',
        pages: [page],
        steps: ways.passed(book.week(-2, 'fri', '07:30'), teo),
      },
    ]
  }

  function lastWeek(): PostStory[] {
    const squash = book.week(-1, 'mon', '07:30')
    return [
      {
        title: 'Soup of the week: squash',
        body: 'Squash, ginger, a spoon of cream. The roll is rye.\n\nFrom eleven, all seven shops, until the pot is empty.',
        picture: 'soup-squash',
        pages: [page],
        steps: [
          ...ways.passed(squash, teo),
          { at: squash.subtract({ minutes: 1 }), by: 'facebook', does: 'misbehave', page, how: 'outage' },
          {
            at: squash.add({ hours: 1, minutes: 38 }),
            by: 'rafael',
            does: 'say',
            audience: 'internal',
            text: 'Facebook was out for everyone from half past seven. It is back; I am sending the soup again.',
          },
          { at: squash.add({ hours: 1, minutes: 40 }), by: 'rafael', does: 'retry', page },
        ],
      },
      {
        title: 'Friday pie drop: apple and rye',
        body: 'Apple, rye crumble, a lid of lattice. Forty of them, all seven shops, out at half past seven.\n\nWhen they are gone they are gone until next Friday.',
        own: {
          [harbourStreet]:
            'Apple, rye crumble, a lid of lattice. Twelve of the forty are ours, on the counter at half past seven.\n\nThe kettle is on from seven.',
        },
        picture: 'pie-apple',
        pages: [page, harbourStreet],
        steps: ways.passed(book.week(-1, 'fri', '07:30'), teo),
      },
    ]
  }

  function now(): PostStory[] {
    const crackle = book.quarterAgo({ minutes: 42 })
    return [
      {
        title: 'A loaf, cut open',
        body: 'Eighteen hours from flour to this. The big holes are where the butter hides.\n\nWhole or half, ask for it sliced.',
        picture: 'loaf-cut-open',
        pages: [page],
        steps: ways.passed(book.daysAgo(1, '07:30'), teo),
      },
      {
        title: 'Bun bell',
        body: 'The bell by the till rings when the buns come up. It has just rung.\n\nFour trays, seven shops, you know the rest.',
        picture: 'bun-bell',
        pages: [page, harbourStreet],
        steps: ways.passed(book.quarterAgo({ hours: 5 }), teo),
      },
      {
        title: 'Crackle test',
        body: 'A loaf sings for about four minutes after it leaves the oven. Lean in at the counter and listen; we will wait.',
        picture: 'loaf-on-board',
        pages: [harbourStreet],
        steps: [
          ...ways.passed(crackle, teo),
          {
            at: crackle.subtract({ minutes: 1 }),
            by: 'facebook',
            does: 'misbehave',
            page: harbourStreet,
            how: 'answer_lost_for_long',
          },
          { at: book.minutesAgo(21), by: 'rafael', does: 'look_too_early', page: harbourStreet },
          {
            at: book.minutesAgo(20),
            by: 'rafael',
            does: 'say',
            audience: 'internal',
            text: 'The line dropped before Facebook answered. I looked, it is not in the list yet. Nobody send it by hand.',
          },
        ],
      },
      {
        title: 'Station kiosk opens at six',
        body: 'The Station kiosk opens at six from now on, an hour before the first fast train. Coffee, buns, and the small loaf that fits a briefcase.',
        picture: 'kiosk-cup',
        pages: [page],
        steps: [
          ...ways.waiting(book.daysAgo(2, '12:00'), 'ines'),
          // Two days late: it is approved, and has lost its time.
          { at: book.daysAgo(1, '16:05'), by: 'marguerite', does: 'decide', outcome: 'approved' },
        ],
      },
    ]
  }

  function ahead(): PostStory[] {
    const tray = book.daysAhead(2, '17:30')
    const hours = book.week(1, 'mon', '12:00')
    const price = book.week(1, 'tue', '07:30')
    const openDay = book.week(1, 'wed', '12:00')
    const pear = book.week(1, 'fri', '07:30')
    return [
      {
        title: 'Why we pay for night shifts',
        body: 'The oven is lit at two, the first loaf is out at four, and by half past six somebody has been on their feet for half a day.\n\nSo the hours before six count one and a half. It is 9p on a loaf. We think you would rather know.',
        picture: 'oven-at-four',
        pages: [page],
        steps: ways.passed(book.daysAhead(1, '07:30'), ines),
      },
      {
        title: 'One tray, one take',
        body: 'One tray, one take. Twenty-seven folds, no cuts, no music, just the butter talking.\n\nAt the counter from half past six.',
        picture: 'tray-of-nine',
        pages: [page, harbourStreet],
        steps: [
          ...ways.waiting(tray, 'teo', 4),
          {
            at: book.before(tray, 2, '16:20'),
            by: 'marguerite',
            does: 'decide',
            outcome: 'changes_requested',
            comment: 'The croissants come up at seven. Half past six is bread only, people will be cross.',
          },
          {
            at: book.before(tray, 1, '10:02'),
            by: 'teo',
            does: 'edit',
            to: {
              body: 'One tray, one take. Twenty-seven folds, no cuts, no music, just the butter talking.\n\nAt the counter from seven.',
            },
          },
          {
            at: book.before(tray, 1, '10:04'),
            by: 'teo',
            does: 'say',
            audience: 'internal',
            text: 'Ines, is seven right for the kiosk too?',
          },
          {
            at: book.before(tray, 1, '10:31'),
            by: 'ines',
            does: 'say',
            audience: 'internal',
            text: 'Seven everywhere. Send it.',
          },
          { at: book.before(tray, 1, '10:33'), by: 'teo', does: 'send' },
          {
            at: book.before(tray, 1, '10:35'),
            by: 'teo',
            does: 'say',
            audience: 'client',
            text: 'Seven it is, thank you for catching it. Nothing else has changed.',
          },
        ],
      },
      {
        title: 'New hours, seven shops',
        body: 'New hours in all seven shops from next Monday: half past six to five, Sundays from eight.\n\nThe Station kiosk opens at six. Harbour Street keeps its late Thursday.',
        picture: 'shop-evening',
        pages: [page, harbourStreet],
        steps: [
          ...ways.waiting(hours, 'ines'),
          {
            at: book.before(hours, 1, '12:15'),
            by: 'hana',
            does: 'say',
            audience: 'internal',
            text: 'The last post about hours reached more people than any loaf. Worth pinning.',
          },
        ],
      },
      {
        title: 'What a croissant costs',
        body: 'From next week a croissant costs 20p more. Butter is up, wages are up, and we would rather tell you than make it smaller.',
        picture: 'croissant-price',
        pages: [page],
        steps: [
          ...ways.sentBack(
            price,
            ines,
            'Give the reason before the number. People forgive a price, not a surprise.',
          ),
          {
            at: book.minutesAgo(130),
            by: 'ines',
            does: 'edit',
            to: {
              body: 'Butter is up by a third since last year, and wages are up too. We would rather tell you than make it smaller: from next week a croissant costs 20p more.',
            },
          },
        ],
      },
      {
        title: 'Open day for school leavers',
        body: 'Come at four in the morning, or at ten if you must. Fold something, burn something, ask what it pays.\n\nWednesday after next, Mill Lane, no need to sign up.',
        picture: 'apprentice-hands',
        pages: [page],
        steps: [
          ...ways.passed(openDay, teo),
          {
            at: book.before(openDay, 1, '17:12'),
            by: 'marguerite',
            does: 'decide',
            outcome: 'held',
            comment: 'Hold this one. The school may move the date; I hear back this week.',
          },
        ],
      },
      {
        title: 'Friday pie drop: pear and ginger',
        body: 'Pear, ginger, a lid of lattice. Forty of them, all seven shops, out at half past seven.\n\nWhen they are gone they are gone until next Friday.',
        own: {
          [harbourStreet]:
            'Pear, ginger, a lid of lattice. Twelve of the forty are ours, on the counter at half past seven.\n\nThe kettle is on from seven.',
        },
        picture: 'pie-pear',
        pages: [page, harbourStreet],
        steps: ways.passed(pear, teo),
      },
      {
        title: 'Saturday queue, the prams',
        body: 'Five prams in the queue is a record. We have moved the bench and found a hook for the dogs.',
        picture: 'shop-grey-day',
        pages: [harbourStreet],
        steps: ways.passed(book.week(1, 'sat', '08:00'), teo),
      },
    ]
  }

  function kept(): PostStory[] {
    const rhubarb = book.week(-1, 'tue', '10:00')
    return [
      {
        title: 'How we price a loaf',
        body: 'Flour 61p, hands £1.42, rent 38p, fire 22p, and the penny we keep. Every figure is ours, from last year’s books.\n\nIf your bakery does its sums another way, Odile would like to read them.',
        link: `${site}/price-of-a-loaf`,
        picture: 'price-list',
        pages: [page],
        steps: ways.passedWithoutTime(book.daysAgo(1, '09:00'), ines),
      },
      {
        title: 'Spelt or rye, blind tasting',
        body: 'Two slices, no labels. Say which is which and the second loaf is yours.',
        picture: 'loaf-dark-rye',
        pages: [page, harbourStreet],
        steps: ways.draft(book.week(2, 'thu', '16:30'), 'teo'),
      },
      {
        title: 'Friday pie drop: cheese and onion',
        body: 'Cheddar, onion, mustard, a lid of lattice. Forty of them, all seven shops, out at half past seven.',
        pages: [page],
        steps: ways.draft(book.week(2, 'fri', '07:30'), 'teo'),
      },
      {
        title: 'Marmalade, forty jars',
        body: 'Forty jars, cut by hand. Ask Odile who made the labels.',
        pages: [],
        steps: ways.note(book.daysAgo(1, '09:00'), 'teo'),
      },
      {
        title: 'Pie drop: rhubarb',
        body: 'Rhubarb, custard, a lid of lattice.',
        pages: [page],
        steps: [
          { at: rhubarb, by: 'teo', does: 'write' },
          {
            at: rhubarb.add({ hours: 5, minutes: 12 }),
            by: 'rafael',
            does: 'say',
            audience: 'internal',
            text: 'No rhubarb before Odile names the day. Putting it away.',
          },
          { at: rhubarb.add({ hours: 5, minutes: 13 }), by: 'rafael', does: 'archive' },
        ],
      },
    ]
  }
}
