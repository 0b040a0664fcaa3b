// The engine's own presets; its tests keep them to these forms.

declare module '*/presets/others.json' {
  const others: readonly { age_band: string; pause: { way_on: string; metadata: string } }[];
  export default others;
}

declare module '*/presets/picture.json' {
  const pictures: readonly { age_band: string; picture: Record<'outgoing' | 'incoming', { unchecked: string }> }[];
  export default pictures;
}
