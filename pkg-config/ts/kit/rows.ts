import type { FileHashes, PdqHashes } from '../hash/hashes.js';

/** A hash, named as those name it who exchange hashes. */
export interface HashRow {
  /** `pdq` and `video_md5` are what python-threatexchange and hasher-matcher-actioner call them. */
  type: 'pdq' | 'video_md5' | 'md5' | 'sha256';
  /** ThreatExchange's name. */
  indicator: 'HASH_PDQ' | 'HASH_VIDEO_MD5' | 'HASH_MD5' | 'HASH_SHA256';
  /** PDQ's; its hashes mean nothing without it. */
  family: keyof PdqHashes | null;
  /** Of the picture as it is stored, or as it is shown where its metadata turns it. Copies are often stored as shown. */
  view: 'stored' | 'upright' | null;
  hash: string;
  /** PDQ's, 0…100. */
  quality: number | null;
  /** What to know before using it. */
  caution: 'low-quality' | null;
}

/** Below this the reference discards a hash. */
const RELIABLE_QUALITY = 50;

/** All hashes of a file, PDQ first. */
export function rowsOf({ picture, md5, sha256 }: FileHashes, video: boolean): HashRow[] {
  const digest = { family: null, view: null, quality: null, caution: null } as const;
  return [
    ...(picture === null ? [] : pdqRows(picture.pdq, 'stored')),
    ...(picture?.upright ? pdqRows(picture.upright, 'upright') : []),
    { ...(video ? VIDEO_MD5 : MD5), ...digest, hash: md5 },
    { type: 'sha256', indicator: 'HASH_SHA256', ...digest, hash: sha256 },
  ];
}

const MD5 = { type: 'md5', indicator: 'HASH_MD5' } as const;
const VIDEO_MD5 = { type: 'video_md5', indicator: 'HASH_VIDEO_MD5' } as const;

function pdqRows(hashes: PdqHashes, view: 'stored' | 'upright'): HashRow[] {
  return (['512-nearest', 'full-size'] as const).map((family) => {
    const { hash, quality } = hashes[family];
    const caution = quality < RELIABLE_QUALITY ? 'low-quality' : null;
    return { type: 'pdq', indicator: 'HASH_PDQ', family, view, hash, quality, caution };
  });
}
