/** The command line is not one that there is. The message is for its author. */
export class UsageError extends Error {}
