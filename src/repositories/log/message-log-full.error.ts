/** More messages wait to be stored than the log takes. */
export class MessageLogFullError extends Error {}
