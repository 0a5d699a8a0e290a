// The board itself: orders come from the left into lanes, one for each partition, whose owners stand on the right.

import { html, useLayoutEffect, useEffect, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { byName, say, sentence, shortener } from './words.js';
import { Badge, Panel, look, sum } from './parts.js';

const SVG = 'http://www.w3.org/2000/svg';
const MOST_LANES = 24;
const MOST_CARDS = 8;
const MOST_DOTS_A_SECOND = 30;

export function Flow({ state }) {
	const { group = {}, broker = {}, traffic = {}, members = {}, partitions = {} } = state;
	const short = shortener(partitions);
	const lanes = Object.entries(partitions).sort(([a], [b]) => byName(a, b));
	const cards = Object.entries(members).sort(([a], [b]) => byName(a, b));
	const compact = lanes.length > MOST_LANES || cards.length > MOST_CARDS;
	const board = useRef();
	const undrawn = useTravel(board, state, !compact);
	const lag = (name) => sum(Object.values(partitions).filter(({ owner }) => owner === name).map(({ lag }) => lag ?? 0));
	return html`<${Panel} id="flow" title=${say('board.board')} at=${[group.at, broker.at].filter(Boolean).sort()[0]}>
		<div class=${compact ? 'flow compact' : 'flow'} ref=${board}>
			${!compact && html`<${Wires} board=${board} lanes=${lanes} />`}
			<div class="orders">
				<h3>${say('board.orders')}</h3>
				<p><b id="placed">${traffic.placed ?? '–'}</b> <span class="dim">${say('board.rate', traffic.perSecond ?? 0)}</span></p>
				${undrawn > 0 && html`<p id="undrawn">${say('board.undrawn', undrawn)}</p>`}
			</div>
			<ol class="lanes" aria-label=${say('board.partitions')}>
				${lanes.map(([name, partition]) => compact ? html`<${Square} key=${name} name=${name} partition=${partition} />`
					: html`<${Lane} key=${name} name=${name} partition=${partition} label=${short(name)} taker=${taker(members, name)} />`)}
			</ol>
			<ul class="cards" aria-label=${say('board.members')}>
				${cards.map(([name, member]) => compact ? html`<${Row} key=${name} name=${name} member=${member} lag=${lag(name)} />`
					: html`<${Card} key=${name} name=${name} member=${member} short=${short} />`)}
			</ul>
		</div>
	<//>`;
}

const taker = (members, partition) => Object.keys(members).find((name) => members[name].target?.includes(partition));

const ownership = (owner) => (owner ? html`<${Badge} name=${owner} /> ${owner}`
	: html`<${Badge} /> <em>${say('board.nobody')}</em>`);

function Lane({ name, partition, label, taker }) {
	const { committed, end, lag, owner, records = [] } = partition;
	const done = ({ offset, by }) => by !== undefined || offset < (committed ?? 0);
	const told = (record) => say(done(record) ? 'board.record.done' : 'board.record.open', record.offset, record.text ?? '',
		record.key ?? '–', record.by ?? '–');
	const mark = html`<li key="committed" class="committed" aria-label=${say('board.committed', committed)}></li>`;
	const cells = records.map((record) => html`<li key=${record.offset} class=${done(record) ? 'record done' : 'record'}
		data-offset=${record.offset} aria-description=${told(record)}>${record.offset}</li>`);
	return html`<li class="lane" data-partition=${name} data-owner=${owner ?? ''} data-lag=${lag}>
		<h3>${say('board.partition', label)}</h3>
		<span class="owner">${ownership(owner)}
			${taker && taker !== owner && html` <span class="target" data-to=${taker}>⇢ ${say('board.target', taker)}</span>`}</span>
		${records.length > 0 && html`<ol class="records" tabindex="0" aria-label=${say('board.records', label)}
			aria-description=${records.map(told).join('\n')}>
			${cells.toSpliced(records.filter(({ offset }) => offset < committed).length, 0, committed === undefined ? [] : mark).reverse()}
		</ol>`}
		<span class="numbers"><span>${committed === undefined ? say('board.uncommitted') : say('board.committed', committed)}</span>
			<span>${say('board.end', end ?? '–')}</span> <b>${say('board.lag', lag ?? '–')}</b></span>
	</li>`;
}

function Square({ name, partition: { owner, lag } }) {
	return html`<li class=${`lane square ${look(owner).style}`} data-partition=${name} data-owner=${owner ?? ''} data-lag=${lag}
		aria-description=${say('board.square', name, owner ?? say('board.nobody'), lag ?? '–')}>
		<b>${look(owner).letter}</b><span>${lag ?? '–'}</span></li>`;
}

function Card({ name, member: { host, epoch, assigned = [], target, idle, why, handled }, short }) {
	const list = (names) => names.map(short).sort(byName).join(', ') || '–';
	const moving = target && list(target) !== list(assigned);
	return html`<li class=${`member ${look(name).style}`} data-member=${name} data-idle=${!!idle}>
		<h3><${Badge} name=${name} /> ${name}</h3>
		<p>${idle ? html`<strong>${say('board.idle')}</strong> ${why && sentence(why)}` : say('board.owns', list(assigned))}</p>
		${moving && html`<p class="target">⇢ ${say('board.will-own', list(target))}</p>`}
		<p class="dim">${[host, epoch !== undefined && say('board.epoch', epoch)].filter(Boolean).join(' · ')}</p>
		${handled && html`<p class="handled">${say('board.handled', handled.count)}
			${handled.offset !== undefined && html` <span class="dim">${say('board.handled.last', handled.partition, handled.offset, handled.text ?? '')}</span>`}</p>`}
	</li>`;
}

function Row({ name, member: { assigned = [], idle }, lag }) {
	return html`<li class=${`member row ${look(name).style}`} data-member=${name} data-idle=${!!idle}>
		<${Badge} name=${name} /> <span class="name">${name}</span>
		<span class="dim">${idle ? say('board.idle') : say('board.row', assigned.length, lag)}</span></li>`;
}

/** Where an element's middle of that side is, within the board. */
function edge(board, selector, side) {
	const place = board.querySelector(selector)?.getBoundingClientRect();
	const origin = board.getBoundingClientRect();
	return place && [place[side] - origin.left, place.top + place.height / 2 - origin.top];
}

const laneOf = (name) => `.lane[data-partition="${CSS.escape(name)}"]`;
const cardOf = (name) => `.member[data-member="${CSS.escape(name)}"]`;

/** Lines from each lane to its owner; dashed to who is to have it next. Written out in both, so hidden from readers. */
function Wires({ board, lanes }) {
	const [wires, setWires] = useState([]);
	const [, measureAgain] = useState(0);
	useLayoutEffect(() => {
		const observer = new ResizeObserver(() => measureAgain((times) => times + 1));
		observer.observe(board.current);
		return () => observer.disconnect();
	}, []);
	useLayoutEffect(() => {
		const curve = (from, to) => {
			const middle = (from[0] + to[0]) / 2;
			return `M${from.map(Math.round)}C${[middle, from[1], middle, to[1], ...to].map(Math.round)}`;
		};
		const line = (name, member, style) => {
			const [from, to] = [edge(board.current, laneOf(name), 'right'), edge(board.current, cardOf(member), 'left')];
			return from && to && { key: `${name} ${style}`, style, d: curve(from, to) };
		};
		const orders = edge(board.current, '.orders', 'right');
		const found = lanes.flatMap(([name, { owner }]) => {
			const next = board.current.querySelector(`${laneOf(name)} .target`)?.dataset.to;
			return [{ key: name, style: 'in', d: curve(orders, edge(board.current, laneOf(name), 'left')) },
				owner && line(name, owner, look(owner).style), next && line(name, next, `${look(next).style} next`)].filter(Boolean);
		});
		if (JSON.stringify(found) !== JSON.stringify(wires)) {
			setWires(found);
		}
	});
	return html`<svg class="wires" aria-hidden="true">
		${wires.map(({ key, style, d }) => html`<path key=${key} class=${style} d=${d} />`)}
		<g class="dots"></g>
	</svg>`;
}

/** Lets new orders travel, and tells how many came in this second beyond those that the eye can follow. */
function useTravel(board, state, wanted) {
	const before = useRef(state);
	const travels = useRef([]);
	const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
	useEffect(() => {
		const previous = before.current;
		before.current = state;
		if (still || !wanted || previous === state || Date.parse(state.now) < Date.parse(previous.now)) {
			return;
		}
		for (const [from, to, style, times] of moves(previous, state)) {
			const [start, end] = [edge(board.current, from, 'right'), edge(board.current, to, 'left')];
			for (let i = 0; i < times && start && end && mayDraw(travels.current); i++) {
				travel(board.current.querySelector('.dots'), start, end, style, i * 60);
			}
		}
	}, [state]);
	return Math.max(0, (state.traffic?.perSecond ?? 0) - (still ? 0 : MOST_DOTS_A_SECOND));
}

/** What moved from one state to the next: into a lane, or from a lane to the member that handled it. */
function* moves(previous, state) {
	for (const [name, partition] of Object.entries(state.partitions ?? {})) {
		const old = previous.partitions?.[name];
		if (!old) {
			continue;
		}
		yield ['.orders', laneOf(name), 'order', partition.end - old.end];
		const handled = (partition.records ?? []).filter(({ offset, by }) => by
			&& !old.records?.some((record) => record.offset === offset && record.by));
		for (const { by } of handled) {
			yield [laneOf(name), cardOf(by), look(by).style, 1];
		}
		if (partition.owner && !partition.records?.some(({ by }) => by)) {
			// a group that does not publish what it handles has at least committed it
			yield [laneOf(name), cardOf(partition.owner), look(partition.owner).style, partition.committed - old.committed];
		}
	}
}

function mayDraw(times) {
	const now = performance.now();
	if (times.length >= MOST_DOTS_A_SECOND && now - times[0] < 1000) {
		return false;
	}
	times.push(now);
	times.splice(0, times.length - MOST_DOTS_A_SECOND);
	return true;
}

function travel(dots, from, to, style, delay) {
	const dot = document.createElementNS(SVG, 'circle');
	dot.setAttribute('class', style);
	dot.setAttribute('r', 5);
	dots.append(dot);
	const at = ([x, y]) => ({ transform: `translate(${x}px, ${y}px)` });
	dot.animate([at(from), at(to)], { duration: 700, delay, fill: 'backwards', easing: 'ease-in-out' }).onfinish = () => dot.remove();
}
