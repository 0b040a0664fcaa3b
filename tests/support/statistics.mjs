// Differences between class probabilities, as the tests and their messages want them.

export const CLASSES = ['drawing', 'hentai', 'neutral', 'porn', 'sexy'];

/** Largest and mean over pictures and classes of lists of per-class differences. */
export function summary(differences) {
  const all = differences.flat();
  return { worst: Math.max(...all), mean: all.reduce((a, b) => a + b, 0) / all.length, pictures: differences.length };
}

/** For each class, the largest minus the smallest of several judgements of one picture. */
export function spread(judgements) {
  return CLASSES.map((_, c) => Math.max(...judgements.map((j) => j[c])) - Math.min(...judgements.map((j) => j[c])));
}

export const text = ({ worst, mean, pictures }) => `worst ${worst.toFixed(4)}, mean ${mean.toFixed(5)} over ${pictures}`;
