// Small parts that the whole page is made of.

import { html } from './vendor/htm-preact-3.1.1.js';
import { byName, lasts, say, timeOfDay } from './words.js';

/** The server's time, as far as this page knows: set before each drawing. */
export const clock = { now: 0 };

/** When the older of some facts was true. */
export const oldest = (...facts) => facts.map((fact) => fact?.at).filter(Boolean).sort()[0];

export const stale = (at) => clock.now - Date.parse(at) > 3000;

/** When a fact was true: shown only once it is too old to be trusted. */
export function Age({ at, id }) {
	return at && html`<time id=${id} class="age" datetime=${at}>
		${stale(at) && say('board.old', Math.round((clock.now - Date.parse(at)) / 1000))}</time>`;
}

/** How long ago that was. */
export function ago(at) {
	const ms = Math.max(0, clock.now - Date.parse(at));
	return ms < 5_000 ? say('board.ago.now') : say('board.ago', lasts(ms));
}

/** A ring that has less and less left, as the time that ends then. */
export function Ring({ from, ms }) {
	const left = Math.max(0, 1 - (clock.now - Date.parse(from)) / ms);
	return html`<svg class="ring" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="8" pathLength="100"
		stroke-dasharray=${`${100 * left} 100`} /></svg>`;
}

export function Panel({ id, title, at, aside, children }) {
	return html`<section id=${id} class="panel" aria-labelledby=${`${id}-title`}
		data-stale=${stale(at)}>
		<header><h2 id=${`${id}-title`}>${title}</h2><${Age} at=${at} />${aside}</header>
		<div class="facts">${children}</div>
	</section>`;
}

/** A button that says why it cannot act now, and can be reached all the same. */
export function Action({ name, instance, number, why, onClick, children }) {
	return html`<button type="button" data-action=${name} data-instance=${instance} data-number=${number}
		aria-disabled=${why ? 'true' : undefined} aria-description=${why || undefined} onClick=${() => !why && onClick()}>${children}</button>`;
}

/** Whether the page is shown to the back row. */
export const projector = () => 'projector' in document.documentElement.dataset;

/** Whether the person asks for no motion. */
export const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

const looks = new Map();

const COLORS = 6;

/**
 * Gives every name its letter and color, and keeps them as long as the page lives. AA follows Z: P1 is a partition. Of more
 * names than there are colors, those that follow each other in another order have different ones.
 */
export function remember(names, order) {
	const known = looks.size;
	const added = [...new Set(names)].filter((name) => !looks.has(name)).sort(byName);
	const neighbors = added.length > COLORS ? [...new Set([...order, ...added])].filter((name) => added.includes(name)) : added;
	added.forEach((name, i) => {
		const place = known + i;
		const letter = (place < 26 ? '' : String.fromCharCode(64 + Math.floor(place / 26))) + String.fromCharCode(65 + place % 26);
		looks.set(name, { letter, style: `c${(known + neighbors.indexOf(name)) % COLORS}` });
	});
}

export const look = (name) => looks.get(name) ?? { letter: '–', style: 'nobody' };

/** The members that read a partition: its owner, or in a share group any number. */
export const readersOf = ({ owner, readers }) => readers ?? (owner ? [owner] : []);

/** Whether the leader of a partition does not answer, so that its end is not known. */
export const isUnanswered = ({ leader, end }) => leader !== undefined && end === undefined;

/** Whether members of the group read partitions together, so that nobody owns one. */
export const isShared = ({ group }) => group?.protocol === 'Share';

/**
 * What is said of a member that gives up what it has until a rebalance ends, or may do so: under the classic protocol all do
 * if the assignor is eager.
 */
export function stands(name, { group = {}, timeline = {} }) {
	const rebalances = group.protocol === 'Classic' && ['PreparingRebalance', 'CompletingRebalance'].includes(group.state);
	if (!rebalances || group.standsStill === false) {
		return undefined;
	}
	return say(group.standsStill || timeline.lanes?.[name]?.at(-1)?.kind === 'WAITING' ? 'board.waits' : 'board.waits.maybe');
}

/** What retention has deleted of a partition, and may delete next. */
export function kept({ logStart, retention = {}, deletableFrom }) {
	const left = Date.parse(deletableFrom) - clock.now;
	return [logStart > 0 && say('board.kept.deleted', logStart),
		retention.ms !== undefined && say('board.kept.ms', lasts(retention.ms)),
		deletableFrom && (left > 0 ? say('board.kept.next', lasts(left)) : say('board.kept.now')),
		retention.bytes !== undefined && say('board.kept.bytes', retention.bytes)].filter(Boolean).join(' ');
}

/** Since when nothing is committed of a partition while others move. */
export const stalledWhy = ({ stalledSince }) => stalledSince && say('board.stalled.why', timeOfDay(stalledSince));

export function Badge({ name }) {
	const { letter, style } = look(name);
	return html`<span class=${`badge ${style}`} aria-hidden="true">${letter}</span>`;
}

/** A member's letter beside its name, also where the name is too long for a line. */
export const Named = ({ name }) => html`<span class="reader"><${Badge} name=${name} /><span>${name}</span></span>`;

export function Table({ id, caption, columns, rows }) {
	return html`<table id=${id}>
		<caption>${caption}</caption>
		<thead><tr>${columns.map((column) => html`<th scope="col">${say(`board.column.${column}`)}</th>`)}</tr></thead>
		<tbody>${rows.map(([first, ...rest]) => html`<tr key=${first} data-row=${first}><th scope="row">${first}</th>
			${rest.map((value) => html`<td>${value ?? '–'}</td>`)}</tr>`)}</tbody>
	</table>`;
}

export const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/**
 * One tooltip for the page: what has an aria-description shows it on hover and focus, Esc closes it. It reads the same
 * to a screen reader, which needs no tooltip.
 */
export function explainOnHoverAndFocus() {
	const tip = document.getElementById('tip');
	const hide = () => (tip.hidden = true);
	const show = ({ target }) => {
		const explained = target.closest?.('[aria-description]');
		tip.hidden = !explained;
		if (explained) {
			tip.textContent = explained.getAttribute('aria-description');
			const place = explained.getBoundingClientRect();
			const below = place.bottom + tip.offsetHeight + 8 < innerHeight;
			tip.style.left = `${Math.max(8, Math.min(place.left, innerWidth - tip.offsetWidth - 8))}px`;
			tip.style.top = `${below ? place.bottom + 4 : Math.max(4, place.top - tip.offsetHeight - 4)}px`;
		}
	};
	document.addEventListener('pointerover', (event) => tip.contains(event.target) || show(event));
	document.addEventListener('focusin', show);
	document.addEventListener('focusout', hide);
	document.addEventListener('keydown', ({ key }) => key === 'Escape' && hide());
	addEventListener('scroll', hide, true);
}
