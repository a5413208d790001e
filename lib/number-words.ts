const words = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** Up to twelve as a word, beyond as figures: "three", "14", "1,204". */
export function numberWord(count: number): string {
  return words[count] ?? new Intl.NumberFormat('en-GB').format(count)
}

/** The same at the head of a sentence: "Three", "14". */
export function leadingNumberWord(count: number): string {
  const word = numberWord(count)
  return word.charAt(0).toUpperCase() + word.slice(1)
}
