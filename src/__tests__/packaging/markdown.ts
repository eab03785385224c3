import fs from 'fs';
import path from 'path';

/** The folder of the package as it is checked out. */
export const PACKAGE_DIR = path.resolve(__dirname, '../../..');

/** Reads a file of the package as text. */
export function readText(name: string): string {
  return fs.readFileSync(path.join(PACKAGE_DIR, name), 'utf8');
}

/** A fenced block: its language, the file name behind it if any, its text. */
export interface Block {
  readonly language: string;
  readonly name: string;
  readonly text: string;
}

/** Finds the fenced blocks of a page. */
export function blocksOf(markdown: string): Block[] {
  const fences = markdown.matchAll(/^```(\w*) ?(.*)\n([^]*?)^```$/gm);
  return [...fences].map(([, language, name, text]) => ({
    language,
    name,
    text,
  }));
}

/**
 * Reads the table whose first head is `head`.
 * @returns the cells of its rows, without backquotes
 * @throws Error when there is no such table
 */
export function tableOf(markdown: string, head: string): string[][] {
  const lines = markdown.split('\n');
  const start = lines.findIndex(line => cellsOf(line)[0] === head);
  if (start < 0) throw new Error(`There is no table of '${head}'`);
  const size = lines.slice(start).findIndex(line => !line.startsWith('|'));
  return lines.slice(start + 2, start + size).map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim().replace(/^`(.*)`$/, '$1'));
}

/** Finds the relative links of a page. */
export function linksOf(markdown: string): string[] {
  const links = markdown.matchAll(/\]\(([^)\s]+)\)/g);
  return [...links].map(([, to]) => to).filter(to => !/^(\w+:|#)/.test(to));
}
