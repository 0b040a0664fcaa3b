/** The value below which the share `p` of the sorted values lies; the nearest one measured. */
export function quantile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
}

export const median = (values) => quantile(values, 0.5);
