// What the page says: its sentences come from the console, in the language that the address names.

import { particle } from './particle.js';

const address = new URLSearchParams(location.search);
const asked = address.get('lang');
export const lang = ['en', 'ko'].includes(asked) ? asked : navigator.language.startsWith('ko') ? 'ko' : 'en';
export const otherLang = lang === 'ko' ? 'en' : 'ko';

let messages = {};

/** Asks for the sentences until they are there: the console may only be starting. */
export async function learnWords() {
	try {
		const response = await fetch(`api/messages?lang=${lang}`);
		messages = response.ok ? await response.json() : await Promise.reject(response.status);
	} catch {
		await new Promise((resolve) => setTimeout(resolve, 2000));
		await learnWords();
	}
}

/** The sentence of that key with its values; in {0}[이/가] the particle that fits to the value follows it. */
export const say = (key, ...values) => (messages[key] ?? key).replace(/\{(\d)}(?:\[([^/\]]+)\/([^\]]+)])?/g,
	(_, place, afterConsonant, afterVowel) => {
		const value = values[place] ?? '';
		return afterConsonant ? value + particle(value, afterConsonant, afterVowel) : value;
	});

/** A sentence as the state names it: a key and its values, in which partitions have the names that the board has. */
export function sentence({ key, values = [] }, { partitions = {}, source }) {
	const short = shortener(partitions, source);
	return say(key, ...values.map((value) => value.replace(/[\w.-]+/g,
		(name) => (Object.hasOwn(partitions, name) ? short(name) : name))));
}

export const known = (key) => key in messages;

/** This page with other parameters in its address; one that is undefined is left out. */
export const here = (parameters) => '?' + new URLSearchParams(Object.entries({ ...Object.fromEntries(address), ...parameters })
	.filter(([, value]) => value !== undefined));

export const parameter = (name) => address.get(name);

/** Puts a parameter into this page's address, or takes it out if it is empty. */
export function keep(name, value) {
	if (value) {
		address.set(name, value);
	} else {
		address.delete(name);
	}
	history.replaceState(null, '', here({}));
}

const clockFace = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
export const timeOfDay = (at) => clockFace.format(new Date(at));

/** How wide a text is, in letters; Hangul takes twice as much. */
export const breadth = (text) => [...text].reduce((sum, character) => sum + (character > '\u1100' ? 2 : 1), 0);

/** A longer text is no headline. */
const LONG = 90;

/** The first sentence of a long text, and what follows it; of a long sentence, what comes before the colon. */
export function headline(text) {
	const [first, after] = breadth(text) > LONG ? cut(text, /^(.+?[.!?])\s+(.+)$/s) : [text, ''];
	const [head, reason] = breadth(first) > LONG ? cut(first, /^([^(]+?:)\s+(.+)$/s) : [first, ''];
	return [head, [reason, after].filter(Boolean).join(' ')];
}

const cut = (text, pattern) => text.match(pattern)?.slice(1) ?? [text, ''];

const natural = new Intl.Collator('en', { numeric: true });
/** product2 before product10. */
export const byName = (a, b) => natural.compare(a, b);

export const isProduct = (name) => name.startsWith('product');

export const entries = (things) => Object.entries(things).sort(([a], [b]) => byName(a, b));

/** Names of partitions: P0 where the lab's group reads one topic, else as Kafka names them. */
export function shortener(partitions, source) {
	const one = source.local && new Set(Object.values(partitions).map(({ topic }) => topic)).size < 2;
	return (name) => (one ? name.replace(/^.*-(\d+)$/, 'P$1') : name);
}

/** A time in seconds, from a tenth on. */
export const inSeconds = (ms) => say('board.seconds', (ms / 1000).toFixed(ms < 10_000 ? 1 : 0));

/** How long something takes, from seconds to days. */
export const lasts = (ms) => (ms < 120_000 ? say('board.seconds', Math.max(1, Math.round(ms / 1000)))
	: ms < 7_200_000 ? say('board.minutes', Math.round(ms / 60_000))
	: ms < 172_800_000 ? say('board.hours', Math.round(ms / 3_600_000)) : say('board.days', Math.round(ms / 86_400_000)));
