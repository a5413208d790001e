/** Something is missing or wrong on this machine; the message says what, and the fix. */
export class CannotStart extends Error {}
