// How Svelte compiles: runes everywhere, styles in files (the CSP allows no inline ones).
export default {
  compilerOptions: { runes: true },
};
