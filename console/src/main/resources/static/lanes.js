// The board itself: orders come from the left into lanes, one for each partition, whose readers stand on the right.

import { html, useEffect, useLayoutEffect, useRef } from './vendor/htm-preact-3.1.1.js';
import { byName, entries, say, sentence, shortener, timeOfDay } from './words.js';
import { Badge, Panel, isShared, look, oldest, readersOf, sum } from './parts.js';

const MOST_LANES = 24;
const MOST_CARDS = 8;
const MOST_DOTS_A_SECOND = 30;

export function Flow({ state }) {
	const { source, group, broker, traffic = {}, members = {}, partitions = {} } = state;
	const short = shortener(partitions);
	const lanes = entries(partitions);
	const cards = entries(members);
	const compact = lanes.length > MOST_LANES || cards.length > MOST_CARDS;
	const board = useRef();
	const undrawn = useTravel(board, state, !compact);
	const lag = (name) => {
		const known = Object.values(partitions).filter((partition) => readersOf(partition).includes(name)
			&& partition.lag !== undefined);
		return known.length ? sum(known.map(({ lag }) => lag)) : '–';
	};
	return html`<${Panel} id="flow" title=${say('board.board')} at=${oldest(group, broker)}>
		<div class=${compact ? 'flow compact' : 'flow'} ref=${board}>
			${!compact && html`<${Wires} board=${board} lanes=${lanes} members=${members} />`}
			<div class="orders">
				<h3>${say(source.local ? 'board.orders' : 'board.incoming')}</h3>
				<p><b id="placed">${traffic.placed ?? '–'}</b>${' '}
					<span class="dim">${say('board.rate', traffic.perSecond ?? 0)}</span></p>
				${undrawn > 0 && html`<p id="undrawn">${say('board.undrawn', undrawn)}</p>`}
			</div>
			<ol class="lanes" aria-label=${say('board.partitions')}>
				${lanes.map(([name, partition]) => compact ? html`<${Square} key=${name} name=${name} partition=${partition} />`
					: html`<${Lane} key=${name} name=${name} partition=${partition} label=${short(name)}
						taker=${taker(members, name)} />`)}
			</ol>
			<ul class="cards" aria-label=${say('board.members')}>
				${cards.map(([name, member]) => compact
					? html`<${Row} key=${name} name=${name} member=${member} lag=${lag(name)} />`
					: html`<${Card} key=${name} name=${name} member=${member} short=${short}
						others=${isShared(state) && others(partitions, name)} />`)}
			</ul>
		</div>
	<//>`;
}

const taker = (members, partition) => Object.keys(members).find((name) => members[name].target?.includes(partition));

/** Who reads with that member what it reads. */
const others = (partitions, member) => [...new Set(Object.values(partitions).map(readersOf)
	.filter((readers) => readers.includes(member)).flat())].filter((name) => name !== member).sort(byName);

const readership = (readers) => (readers.length ? readers.map((name) => html`<span class="reader"><${Badge} name=${name} /> ${name}</span> `)
	: html`<${Badge} /> <em>${say('board.nobody')}</em>`);

function Lane({ name, partition, label, taker }) {
	const { committed, end, lag, lastStable, readers: shared, records = [] } = partition;
	const readers = readersOf(partition);
	const reached = committed === undefined ? say(shared ? 'board.start.none' : 'board.uncommitted')
		: say(shared ? 'board.start' : 'board.committed', committed);
	// the start offset of a share group follows only with what is settled next, and lag ends where a transaction is open
	const done = ({ offset, by }) => by !== undefined || offset < Math.max(committed ?? 0, lag === 0 ? lastStable ?? end : 0);
	const told = (record) => say(done(record) ? 'board.record.done' : 'board.record.open',
		record.offset, record.text ?? '', record.key ?? '–', record.by ?? '–');
	const mark = html`<li key="committed" class="committed" aria-label=${reached}></li>`;
	const cells = records.map((record) => html`<li key=${record.offset} class=${done(record) ? 'record done' : 'record'}
		data-offset=${record.offset} aria-description=${told(record)}>${record.offset}</li>`);
	const before = records.filter(({ offset }) => offset < committed).length;
	return html`<li class="lane" data-partition=${name} data-owner=${readers.join(' ')} data-lag=${lag}>
		<h3>${say('board.partition', label)}</h3>
		<span class="owner">${readership(readers)}
			${taker && !readers.includes(taker) && html` <span class="target">⇢ ${say('board.target', taker)}</span>`}</span>
		${records.length > 0 && html`<ol class="records" tabindex="0" aria-label=${say('board.records', label)}
			aria-description=${records.map(told).join('\n')}>
			${cells.toSpliced(before, 0, committed === undefined ? [] : mark).reverse()}
		</ol>`}
		<span class="numbers">
			<span>${reached}</span>
			<span>${say('board.end', end ?? '–')}</span> <b>${say('board.lag', lag ?? '–')}</b></span>
	</li>`;
}

function Square({ name, partition }) {
	const readers = readersOf(partition);
	const [reader, ...more] = readers;
	const { style, letter } = look(more.length ? undefined : reader);
	return html`<li class=${`lane square ${style}`} data-partition=${name} data-owner=${readers.join(' ')}
		data-lag=${partition.lag} aria-description=${say(partition.readers ? 'board.square.shared' : 'board.square', name,
			readers.join(', ') || say('board.nobody'), partition.lag ?? '–')}>
		<b>${more.length ? `×${readers.length}` : letter}</b><span>${partition.lag ?? '–'}</span></li>`;
}

function Card({ name, member, short, others }) {
	const { host, epoch, groupInstanceId, assigned = [], target, idle, why, silentSince, handled } = member;
	const list = (names) => names.map(short).sort(byName).join(', ') || '–';
	const moving = target && list(target) !== list(assigned);
	return html`<li class=${`member ${look(name).style}`} data-member=${name} data-idle=${!!idle}
		data-silent=${!!silentSince}>
		<h3><${Badge} name=${name} /> ${name}</h3>
		<p>${idle ? html`<strong>${say('board.idle')}</strong> ${why && sentence(why)}`
			: say(others ? 'board.reads' : 'board.owns', list(assigned))}</p>
		${others && !idle && html`<p class="shared">${others.length ? say('board.reads.with', others.join(', '))
			: say('board.reads.alone')}</p>`}
		${silentSince && html`<p class="silent">${say('board.silent', timeOfDay(silentSince))}</p>`}
		${moving && html`<p class="target">⇢ ${say('board.will-own', list(target))}</p>`}
		<p class="dim">${[host, epoch !== undefined && say('board.epoch', epoch),
			groupInstanceId && say('board.static', groupInstanceId)].filter(Boolean).join(' · ')}</p>
		${handled && html`<p class="handled">${say('board.handled', handled.count)}
			${handled.offset !== undefined && html` <span class="dim">${
				say('board.handled.last', handled.partition, handled.offset, handled.text ?? '')}</span>`}</p>`}
	</li>`;
}

function Row({ name, member: { assigned = [], idle }, lag }) {
	return html`<li class=${`member row ${look(name).style}`} data-member=${name} data-idle=${!!idle}>
		<${Badge} name=${name} /> <span class="name">${name}</span>
		<span class="dim">${idle ? say('board.idle') : say('board.row', assigned.length, lag)}</span></li>`;
}

/** From the middle of one element's right side to the middle of another's left, within the board. */
function ends(board, from, to) {
	const origin = board.getBoundingClientRect();
	const middle = (selector, side) => {
		const place = board.querySelector(selector).getBoundingClientRect();
		return [place[side] - origin.left, place.top + place.height / 2 - origin.top];
	};
	return [middle(from, 'right'), middle(to, 'left')];
}

const laneOf = (name) => `.lane[data-partition="${CSS.escape(name)}"]`;
const cardOf = (name) => `.member[data-member="${CSS.escape(name)}"]`;

/** Lines from each lane to who reads it; dotted to who is to have it next. Both write it out: nobody needs the lines. */
function Wires({ board, lanes, members }) {
	const draw = () => board.current.querySelectorAll('.wires path').forEach((path) => {
		const [[x1, y1], [x2, y2]] = ends(board.current, path.dataset.from, path.dataset.to);
		const middle = (x1 + x2) / 2;
		path.setAttribute('d', `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`);
	});
	useEffect(() => {
		const observer = new ResizeObserver(draw);
		observer.observe(board.current);
		return () => observer.disconnect();
	}, []);
	useLayoutEffect(draw);
	const wire = (from, to, style) => html`<path key=${from + to} data-from=${from} data-to=${to} class=${style} />`;
	return html`<svg class="wires" aria-hidden="true">
		${lanes.map(([name, partition]) => {
			const readers = readersOf(partition).filter((reader) => reader in members);
			const next = taker(members, name);
			return [wire('.orders', laneOf(name), 'in'),
				readers.map((reader) => wire(laneOf(name), cardOf(reader), look(reader).style)),
				next && !readers.includes(next) && wire(laneOf(name), cardOf(next), `${look(next).style} next`)];
		})}
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
			for (let i = 0; i < times && board.current.querySelector(to) && mayDraw(travels.current); i++) {
				travel(board.current.querySelector('.dots'), ends(board.current, from, to), style, i * 60);
			}
		}
	}, [state]);
	return still ? 0 : (state.traffic?.perSecond ?? 0) - MOST_DOTS_A_SECOND;
}

/** What moved from one state to the next: into a lane, or from a lane to the member that handled it. */
function* moves(previous, state) {
	for (const [name, partition] of Object.entries(state.partitions ?? {})) {
		const old = previous.partitions?.[name];
		// without a leader the end offset is not known
		if (old?.end === undefined || partition.end === undefined) {
			continue;
		}
		yield ['.orders', laneOf(name), 'order', partition.end - old.end];
		const handled = (partition.records ?? []).filter(({ offset, by }) => by
			&& !old.records?.some((record) => record.offset === offset && record.by));
		for (const { by } of handled) {
			yield [laneOf(name), cardOf(by), look(by).style, 1];
		}
		const [reader, ...more] = readersOf(partition);
		if (reader && !more.length && !partition.records?.some(({ by }) => by)) {
			// a group that does not publish what it handles has at least committed it
			yield [laneOf(name), cardOf(reader), look(reader).style, partition.committed - old.committed];
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

function travel(dots, way, style, delay) {
	const dot = document.createElementNS(dots.namespaceURI, 'circle');
	dot.setAttribute('class', style);
	dot.setAttribute('r', 5);
	dots.append(dot);
	const moving = dot.animate(way.map(([x, y]) => ({ transform: `translate(${x}px, ${y}px)` })),
		{ duration: 700, delay, fill: 'backwards', easing: 'ease-in-out' });
	moving.onfinish = () => dot.remove();
}
