/** Ids of trial registries: which forms there are, and the one way in which each is written here. */

/** An NCT id in its canonical form (`nct2899299` is NCT02899299); undefined when it is none. The pattern is that of API 2.0.3. */
export function nctId(text: string): string | undefined {
  const digits = /^nct0*([1-9]\d{0,7})$/i.exec(text.trim())?.[1];
  return digits === undefined ? undefined : `NCT${digits.padStart(8, '0')}`;
}

/**
 * The other registries whose trials people meet: the form of an id, and its canonical spelling. The two European numbers
 * differ in the serial: those of the Regulation (CTIS) begin at 500000.
 */
const FORMS: readonly (readonly [pattern: RegExp, canonical: (match: RegExpExecArray) => string])[] = [
  [/^(?:ctis|eu ?ct)?[ :-]*(20\d\d-5\d{5}-\d\d(?:-\d\d)?)$/i, ([, number]) => number!],
  [/^(?:euctr|eudract)?[ :-]*(20\d\d-0\d{5}-\d\d)(-[a-z/-]{2,14})?$/i, ([, number, where = '']) => `EUCTR${number}${where}`],
  [/^isrctn ?(\d{8})$/i, ([, number]) => `ISRCTN${number}`],
  [/^actrn ?(\d{14})p?$/i, ([, number]) => `ACTRN${number}`],
  [/^chictr(-[a-z]{2,6}-)?(\d{8,10})$/i, ([, kind = '', number]) => `ChiCTR${kind.toUpperCase()}${number}`],
  [/^jrct(s?)(\d{9,10})$/i, ([, kind, number]) => `jRCT${kind!.toLowerCase()}${number}`],
  [/^japiccti-?(\d{6})$/i, ([, number]) => `JapicCTI-${number}`],
  [/^umin(\d{9})$/i, ([, number]) => `UMIN${number}`],
  [/^jma-?iia(\d{5})$/i, ([, number]) => `JMA-IIA${number}`],
  [/^drks ?(\d{8})$/i, ([, number]) => `DRKS${number}`],
  [/^ctri\/\d{4}\/\d{2,3}\/\d{6}$/i, ([whole]) => whole.toUpperCase()],
  [/^kct\d{7}$/i, ([whole]) => whole.toUpperCase()],
  [/^irct\d{8,20}n\d{1,3}$/i, ([whole]) => whole.toUpperCase()],
  [/^(?:ntr|nl)\d{3,5}$/i, ([whole]) => whole.toUpperCase()],
  [/^nl-omon\d{3,6}$/i, ([whole]) => whole.toUpperCase()],
  [/^pactr\d{12,16}$/i, ([whole]) => whole.toUpperCase()],
  [/^rbr-([a-z0-9]{5,8})$/i, ([, number]) => `RBR-${number!.toLowerCase()}`],
  [/^per-\d{3}-\d{2}$/i, ([whole]) => whole.toUpperCase()],
  [/^rpcec\d{8}$/i, ([whole]) => whole.toUpperCase()],
  [/^slctr\/\d{4}\/\d{3}$/i, ([whole]) => whole.toUpperCase()],
  [/^(?:tctr|lbctr)\d{8,11}$/i, ([whole]) => whole.toUpperCase()],
];

/** An id of ClinicalTrials.gov or of another registry in its canonical form; undefined when no registry's form fits. */
export function registryId(text: string): string | undefined {
  const nct = nctId(text);
  if (nct !== undefined) return nct;
  const bare = text.trim();
  for (const [pattern, canonical] of FORMS) {
    const match = pattern.exec(bare);
    if (match) return canonical(match);
  }
  return undefined;
}
