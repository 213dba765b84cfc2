/** A setup step that cannot be done here: the text says what to do, so it is shown without a stack. */
export class SetupFailure extends Error {}
