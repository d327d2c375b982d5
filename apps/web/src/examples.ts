/** The invented cases that the page can open, from `examples/` at the root of the repository. */

export interface Example {
  readonly id: string;
  readonly title: string;
  /** The day the case was written: an example is read as of this day, or its readings would all grow stale one day. */
  readonly date: string | undefined;
  readonly text: string;
}

const files: Readonly<Record<string, string>> = import.meta.glob('../../../examples/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** In the order of the alphabet of their ids, except that the simplest comes first. */
export const EXAMPLES: readonly Example[] = Object.entries(files)
  .map(([file, text]) => {
    const id = file.replace(/^.*\//, '').replace(/\.yaml$/, '');
    const head = (name: string): string | undefined => new RegExp(`^${name}: *['"]?(.*?)['"]? *$`, 'm').exec(text)?.[1];
    return { id, title: head('title') ?? id, date: head('date'), text };
  })
  .sort((a, b) => Number(b.id === 'margaret') - Number(a.id === 'margaret') || a.id.localeCompare(b.id));

/** A case to fill in: the facts that most letters hold. */
export const TEMPLATE = `serosa: case/1
id: my-case
title: My case
facts:
  tumour.primary-site: pleura       # pleura, peritoneum, pericardium or tunica-vaginalis
  tumour.histology: unknown         # epithelioid, biphasic or sarcomatoid
  tumour.laterality: unknown        # left or right
  person.age: unknown               # in years
  person.sex: unknown               # female, male or intersex
  person.country: unknown           # two letters, such as gb, us or de
  person.ecog: unknown              # 0 (fully active) to 4 (in bed all day)
`;
