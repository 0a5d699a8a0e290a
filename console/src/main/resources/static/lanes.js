// The board itself: orders come from the left into lanes, one for each partition, whose readers stand on the right.

import { html, useEffect, useLayoutEffect, useRef } from './vendor/htm-preact-3.1.1.js';
import { entries, lasts, say, shortener, timeOfDay } from './words.js';
import { Badge, Named, clock, isUnanswered, kept, look, oldest, projector, readersOf, stale, stalledWhy, stands, still } from './parts.js';
import { Controls, Grow, Send } from './actions.js';
import { Cards } from './cards.js';
import { Grid } from './grid.js';

const MOST_LANES = 24;
const MOST_CARDS = 8;
const MOST_DOTS_A_SECOND = 30;

export function Flow({ state, doing }) {
	const { source, group, broker, traffic = {}, members = {}, partitions = {}, instances = {}, timeline = {}, feed = {} } = state;
	const short = shortener(partitions, source);
	const lanes = entries(partitions);
	const cards = entries(members);
	const compact = lanes.length > MOST_LANES || cards.length > MOST_CARDS;
	const board = useRef();
	const undrawn = useTravel(board, state, !compact);
	useNeverShrink(board, compact, projector());
	const leaders = new Set(lanes.map(([, { leader }]) => leader));
	// also when one leads all, as after a broker is gone
	const led = leaders.size > 1 || leaders.has(undefined) || lanes.some(([, { replicas }]) => replicas)
		|| Object.values(feed).some(({ key }) => key.startsWith('event.leader'));
	// of no partition nothing is known, which is not 0
	const ends = lanes.length > 0;
	const grow = doing && html`<${Grow} state=${state} doing=${doing} />`;
	return html`<section id="flow" aria-label=${say('board.board')} data-stale=${stale(oldest(group, broker))}
		data-memberless=${!cards.length}>
		<p id="refused" class="refused" role="alert" hidden=${!doing?.refused}>${doing?.refused}</p>
		<div class=${`flow facts ${compact ? 'compact' : ''} ${doing ? 'acting' : ''}`} ref=${board}>
			${!compact && html`<${Wires} board=${board} lanes=${lanes} state=${state} />`}
			<div class="orders">
				<h3>${say(source.local ? 'board.orders' : 'board.incoming')}</h3>
				<p><b id="placed">${ends ? traffic.placed ?? '–' : '–'}</b>${' '}
					<span class="dim">${ends && traffic.perSecond !== undefined ? say('board.rate', traffic.perSecond) : say('board.unknown')}</span></p>
				${undrawn > 0 && html`<p id="undrawn">${say('board.undrawn', undrawn)}</p>`}
				${doing && html`<${Send} state=${state} doing=${doing} />
					${instances.order && html`<${Controls} name="order" instance=${instances.order} doing=${doing} named=${true} />`}`}
				${timeline.handledAgain > 0 && html`<p class="again" aria-description=${lastAgain(timeline)}>${say('board.rebalance.again', timeline.handledAgain)}</p>`}
			</div>
			${compact ? html`<${Grid} state=${state} lanes=${lanes} cards=${cards} grow=${grow} />` : html`<div class="column">
				<ol class="lanes" aria-label=${say('board.partitions')}>
					${lanes.map(([name, partition]) => html`<${Lane} key=${name} name=${name} partition=${partition} label=${short(name)}
						led=${led} taker=${taker(members, name)} unread=${unreadWhy(partition, state)} />`)}
				</ol>
				${grow}
			</div>
			<${Cards} state=${state} short=${short} doing=${doing} />`}
		</div>
	</section>`;
}

/** When records were handled twice last, as far as its rebalance is still known. */
function lastAgain({ again = {}, rebalances = {} }) {
	const at = Object.keys(again).map((id) => rebalances[id]?.at).filter(Boolean).sort().at(-1);
	return at && say('board.again.last', timeOfDay(at));
}

/** What is below stays where it is when a member goes. */
function useNeverShrink(board, compact, large) {
	const least = useRef({});
	useLayoutEffect(() => {
		const { clientWidth: width, offsetHeight: height } = board.current;
		const kind = [compact, large, width].join();
		least.current = { kind, height: least.current.kind === kind ? Math.max(least.current.height, height) : 0 };
		board.current.style.minHeight = compact ? '' : `${least.current.height}px`;
	});
}

const taker = (members, partition) => Object.keys(members).find((name) => members[name].target?.includes(partition));

const readership = (readers, why) => (readers.length
	? html`${readers.map((name) => html`<${Named} name=${name} /> `)}${why && html`<em class="unread">${why}</em>`}`
	: html`<${Badge} /> <em>${say('board.nobody')}</em>`);

/** Why what is assigned is not read now: from a leader that does not answer, by a silent member, or in a rebalance. */
function unreadWhy(partition, state) {
	const readers = readersOf(partition);
	const silent = (name) => state.members?.[name]?.silentSince;
	if (readers.length && isUnanswered(partition)) {
		// by the console; it may answer others
		return say('board.not-read.maybe');
	}
	return readers.length > 0 && readers.every((name) => silent(name) || stands(name, state))
		&& (readers.some(silent) ? say('board.not-read') : stands(readers[0], state));
}

/** Its leader is told where partitions have several, or none. */
function Lane({ name, partition, label, led, taker, unread: why }) {
	const { committed, end, lag, lastStable, leader, readers: shared, records = [], unread, stalledSince } = partition;
	const readers = readersOf(partition);
	const reached = committed === undefined ? say(shared ? 'board.start.none' : 'board.uncommitted')
		: say(shared ? 'board.start' : 'board.committed', committed);
	// the start offset of a share group follows only with what is settled next, and lag ends where a transaction is open
	const done = ({ offset, by }) => by !== undefined || offset < Math.max(committed ?? 0, lag === 0 ? lastStable ?? end : 0);
	const by = ({ before = [], by }) => [...before, by].filter(Boolean);
	const told = (record) => say(done(record) ? 'board.record.done' : 'board.record.open',
		record.offset, record.text ?? '', record.key ?? '–', by(record).join(', ') || '–');
	// the start of a share group is behind what is handled: a bar there would look like a lag
	const mark = !shared && html`<li key="committed" class="committed" aria-label=${reached}></li>`;
	const cells = records.map((record) => html`<li key=${record.offset} class=${['record', done(record) && 'done',
		record.before && 'again', record.by && look(record.by).style].filter(Boolean).join(' ')}
		data-offset=${record.offset} aria-description=${told(record)}>${record.offset}${record.by
			&& html`<b>${by(record).map((name) => look(name).letter).join('')}</b>`}</li>`);
	const before = records.filter(({ offset }) => offset < committed).length;
	const left = records[0]?.offset - committed;
	const gap = left > 0 && html`<li key="gap" class="gap" aria-label=${say('board.records.gap', left)}>+${left}</li>`;
	return html`<li class="lane" data-partition=${name} data-owner=${readers.join(' ')} data-lag=${lag}
		data-stalled=${!!stalledSince} data-unread=${!!why}>
		<h3>${label}</h3>
		<span class="owner">${readership(readers, why)}
			${taker && !readers.includes(taker) && html` <span class="target">⇢ ${say('board.target', taker)}</span>`}</span>
		${records.length > 0 && html`<ol class="records" tabindex="0" aria-label=${say('board.records', label)}
			aria-description=${records.map(told).join('\n')}>
			${cells.toSpliced(before, 0, ...committed === undefined ? [] : [mark, gap]).reverse()}
		</ol>`}
		<span class="numbers" aria-description=${kept(partition) || undefined}>
			${stalledSince && html`<em class="stalled" aria-description=${stalledWhy(partition)}>${say('board.stalled', lasts(clock.now - Date.parse(stalledSince)))}</em>`}
			<span>${reached}</span>
			<span>${say('board.end', end ?? '–')}</span> <b>${say('board.lag', lag ?? '–')}</b>
			${isUnanswered(partition) ? html`<em class="stalled">${say('board.leader.silent', leader)}</em>`
				: led && html`<span>${leader === undefined ? say('board.leaderless') : say('board.leader', leader)}</span>`}
			${unread && html`<span>${say('board.unread', lasts(clock.now - Date.parse(unread.since)))}</span>`}</span>
	</li>`;
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
function Wires({ board, lanes, state }) {
	const { members = {} } = state;
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
	const wire = (from, to, style, broken) => html`<path key=${from + to} data-from=${from} data-to=${to}
		class=${broken ? `${style} broken` : style} pathLength=${broken ? 100 : undefined} />`;
	return html`<svg class="wires" aria-hidden="true">
		${lanes.map(([name, partition]) => {
			const readers = readersOf(partition).filter((reader) => reader in members);
			const next = taker(members, name);
			const unanswered = isUnanswered(partition);
			return [wire('.orders', laneOf(name), 'in', unanswered),
				readers.map((reader) => wire(laneOf(name), cardOf(reader),
					look(reader).style, unanswered || members[reader].silentSince || stands(reader, state))),
				next && !readers.includes(next) && wire(laneOf(name), cardOf(next), `${look(next).style} next`)];
		})}
		<g class="dots"></g>
	</svg>`;
}

/** Lets new orders travel, and tells how many came in this second beyond those that the eye can follow. */
function useTravel(board, state, wanted) {
	const before = useRef(state);
	const travels = useRef([]);
	useEffect(() => {
		const previous = before.current;
		before.current = state;
		if (still() || !wanted || previous === state || jumped(previous, state)) {
			return;
		}
		for (const [from, to, style, times] of moves(previous, state)) {
			for (let i = 0; i < times && board.current.querySelector(to) && mayDraw(travels.current); i++) {
				travel(board.current.querySelector('.dots'), ends(board.current, from, to), style, i * 60);
			}
		}
	}, [state]);
	return still() ? 0 : (state.traffic?.perSecond ?? 0) - MOST_DOTS_A_SECOND;
}

/** Whether the states are not one after the other, as where a replay is moved. */
const jumped = (previous, state) => !(Math.abs(Date.parse(state.now) - Date.parse(previous.now) - 1500) <= 1500);

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
