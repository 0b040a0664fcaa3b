/** Whether a code is the guardian's. */
export type Verify = (code: string) => Promise<{ ok: true } | { ok: false; waitSeconds: number | null }>;
