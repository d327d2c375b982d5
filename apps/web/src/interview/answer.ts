/** From what a person types to values and days. */
import { type FactDefinition, isPartialDate, type Observation, type PartialDate, say, unitWords } from '@serosa/core';
import { readFact } from '@serosa/interop/value';

export type Entered = { readonly value: Observation['value']; readonly asWritten?: string } | { readonly wrong: string };

/** Reads a number as people write it; a comma is a decimal point where it can be nothing else. */
export function readNumber(definition: FactDefinition, text: string, unit: string | undefined): Entered {
  const point = /^\s*[+-]?\d+,\d{1,2}\s*$/.test(text) ? text.replace(',', '.') : text;
  const reading = readFact(definition, point.trim(), unit);
  if (!('wrong' in reading)) return reading;
  if (!/^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(point))
    return {
      wrong:
        definition.type === 'integer'
          ? say`This is not a number. Write a whole number and nothing else.`
          : say`This is not a number. Write a number and nothing else.`,
    };
  const { range } = definition;
  if (range === undefined || (Number(point) >= range.min && Number(point) <= range.max && unit === undefined))
    return { wrong: say`Write a whole number here.` };
  const bounds = say`${range.min} and ${range.max}${definition.unit === '1' ? '' : ` ${unitWords(definition.unit ?? '')}`}`;
  const other = definition.units === undefined ? '' : say` Is it in another unit?`;
  return { wrong: say`This cannot be right: it has to lie between ${bounds}.${other}` };
}

/** Day, month and year as typed; day, or day and month, may be empty. Undefined while nothing is typed. */
export function readDate(day: string, month: string, year: string): PartialDate | { readonly wrong: string } | undefined {
  if (`${day}${month}${year}`.trim() === '') return undefined;
  if (!/^\d{4}$/.test(year.trim())) return { wrong: say`The year is missing. Write it with four digits, such as 2026.` };
  if (day.trim() !== '' && month.trim() === '') return { wrong: say`The month is missing.` };
  const two = (text: string): string => text.trim().padStart(2, '0');
  const date = [year.trim(), ...(month.trim() === '' ? [] : [two(month)]), ...(day.trim() === '' ? [] : [two(day)])].join('-');
  return isPartialDate(date) ? date : { wrong: say`There is no such day. Look at day and month again.` };
}
