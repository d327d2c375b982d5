/**
 * The texts of the program that another language has to have: what is said by `say`, and the patient's side of every pair of voices.
 * Tables of words are recognised by their names.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { root } from './run.mjs';

/** Functions whose arguments at these places are texts for patients. */
const TEXTS = { said: [0], toSay: [0], same: [0], both: [1] };

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(place);
    else if (/\.tsx?$/.test(entry.name) && !/\.test\.|fixture/.test(entry.name)) yield place;
  }
}

/** Dates are put together of parts that have no letter of their own. */
const isWorded = (key) => /\p{L}{2}/u.test(key) || /^\{0\} \{1\}/.test(key);

const isText = (node) => node !== undefined && (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node));

/** @returns {Map<string, string>} where each text stands first, by the text */
export function programTexts() {
  const found = new Map();
  for (const folder of ['packages/core/src', 'packages/ask/src', 'apps/web/src']) {
    for (const place of sources(path.join(root, folder))) {
      const file = ts.createSourceFile(place, readFileSync(place, 'utf8'), ts.ScriptTarget.ES2022, true);
      const add = (text) => {
        const key = text.trim();
        if (isWorded(key) && !found.has(key)) found.set(key, path.relative(root, place));
      };
      const visit = (node) => {
        if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'say') {
          const { template } = node;
          add(
            isText(template)
              ? template.text
              : template.templateSpans.reduce(
                  (text, { literal }, index) => `${text}{${index}}${literal.text}`,
                  template.head.text,
                ),
          );
        }
        if (ts.isPropertyAssignment(node) && node.name.getText() === 'patient' && isText(node.initializer))
          add(node.initializer.text);
        if (ts.isCallExpression(node)) {
          for (const index of TEXTS[node.expression.getText()] ?? []) {
            const argument = node.arguments[index];
            if (isText(argument)) add(argument.text);
          }
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
    }
  }
  for (const file of readdirSync(path.join(root, 'examples')))
    for (const [, title] of readFileSync(path.join(root, 'examples', file), 'utf8').matchAll(/^title: (.*)$/gm))
      found.set(title, `examples/${file}`);
  return found;
}
