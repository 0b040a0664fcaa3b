/** What is stored of guardian settings, in the order in which it is to be written. */
export const RECORDS = ['attempts', 'pending', 'granted', 'file', 'anchor'] as const;

/** One of the records. */
export type RecordName = (typeof RECORDS)[number];

/** The records; those that are not there are not stored, or not changed. */
export type Records = Partial<Record<RecordName, Uint8Array>>;
