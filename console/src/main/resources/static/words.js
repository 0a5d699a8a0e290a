// What the page says: its sentences come from the console, in the language that the address names.

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

export const say = (key, ...values) => (messages[key] ?? key).replace(/\{(\d)}/g, (_, place) => values[place] ?? '');

/** A sentence as the state names it: a key and its values. */
export const sentence = ({ key, values = [] }) => say(key, ...values);

export const known = (key) => key in messages;

/** This page with other parameters in its address. */
export const here = (parameters) => '?' + new URLSearchParams({ ...Object.fromEntries(address), ...parameters });

export const parameter = (name) => address.get(name);

const clockFace = new Intl.DateTimeFormat(lang, { timeStyle: 'medium', hourCycle: 'h23' });
export const timeOfDay = (at) => clockFace.format(new Date(at));

const natural = new Intl.Collator('en', { numeric: true });
/** product2 before product10. */
export const byName = (a, b) => natural.compare(a, b);

export const isProduct = (name) => name.startsWith('product');

export const entries = (things) => Object.entries(things).sort(([a], [b]) => byName(a, b));

/** Names of partitions, without the topic where there is only one. */
export function shortener(partitions) {
	const one = new Set(Object.values(partitions).map(({ topic }) => topic)).size < 2;
	return (name) => (one ? name.slice(name.lastIndexOf('-') + 1) : name);
}
