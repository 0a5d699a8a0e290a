// The last five minutes: who owned what, what state the group was in, and what each rebalance did.

import { html, useLayoutEffect, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { breadth, byName, inSeconds, lang, say, sentence, shortener, timeOfDay } from './words.js';
import { address, rebalancePage } from './export.js';
import { Panel, Table, clock, look, projector, stale } from './parts.js';

const LONGEST = 5 * 60_000;
const SHORTEST = 60_000;
/** A standstill may be so much longer than snapshots show. */
const SLACK = 3000;
/** Above the rows are the times, and below them the flags of the rebalances. */
const HEAD = 24;
/** Above the bar of a row stands its name. */
const NAME = 15;

export function Timeline({ state, live, picked, pick }) {
	const { timeline = {}, partitions = {}, group, source } = state;
	const { states = [], lanes = {}, rebalances = {}, outages = [], again = {} } = timeline;
	const [width, setWidth] = useState(640);
	const [zoom, bar] = projector() ? [2, 14] : [1, 24];
	const row = NAME + bar + 3;
	const frame = useRef();
	const drawing = useRef();
	useLayoutEffect(() => {
		const measure = () => setWidth(frame.current.clientWidth / zoom);
		const observer = new ResizeObserver(measure);
		observer.observe(frame.current);
		measure();
		return () => observer.disconnect();
	}, [zoom]);
	const end = clock.now;
	const span = Math.min(LONGEST, Math.max(SHORTEST, 1.1 * (end - begin(timeline))));
	const step = span > 150_000 ? 60_000 : 15_000;
	const marks = Array.from({ length: Math.ceil(span / step) - 1 }, (_, i) => (i + 1) * step).reverse();
	const x = (at) => Math.max(0, width * (1 - (end - new Date(at)) / span));
	// the console may be away, too
	const gaps = [...outages, ...(stale(state.now) ? [{ from: state.now }] : [])]
		.map(({ from, until }) => ({ from: Date.parse(from), until: until ? Date.parse(until) : clock.now }))
		.filter(({ until }) => clock.now - until < LONGEST);
	const short = shortener(partitions, source);
	const list = (names) => names.map(short).sort(byName).join(', ');
	const names = Object.keys(lanes).sort(byName);
	const seconds = step < 60_000;
	const height = HEAD + row * (names.length + 1);
	const shown = lately(timeline);
	const band = ({ at, until }) => ({ x: x(at), height, width: Math.max(4, x(until ?? state.now) - x(at)) });
	const current = picked in rebalances ? picked : shown.at(-1)?.[0];
	return html`<${Panel} id="timeline" title=${say('board.timeline')} at=${group?.at}>
		<div class="frame" tabindex="0" ref=${frame}>
			<svg ref=${drawing} class="timeline" role="group" aria-label=${say('board.timeline')} width=${zoom * width} height=${zoom * height}
				viewBox=${`0 0 ${width} ${height}`}>
				${shown.map(([id, rebalance]) => html`<rect key=${`band ${id}`} class="band" data-picked=${id === current} ...${band(rebalance)} />`)}
				${marks.map((ms) => html`<path class="minute" d=${`M${width * (1 - ms / span)} 0V${height}`} />`)}
				<${Row} y=${HEAD} name=${say('board.group')} width=${width}>
					${segments(states, gaps).map((part) => html`<${Segment} ...${part} x=${x} y=${HEAD} height=${bar}
						style=${part.state === 'Stable' ? 'group stable' : 'group'} text=${part.state} />`)}
				<//>
				${names.map((name, i) => html`<${Row} key=${name} y=${HEAD + row * (i + 1)} name=${name} width=${width}>
					${segments(lanes[name], gaps, quiet(name, state.feed)).filter(({ kind }) => kind !== 'GONE').map((part) => html`<${Segment} ...${part} x=${x}
						y=${HEAD + row * (i + 1)} height=${bar}
						text=${part.unread ? `${list(part.owned)} ${say('board.not-read')}` : list(part.owned) || say(part.kind === 'WAITING' ? 'board.waits' : 'board.idle')}
						style=${`${look(name).style} ${part.unread ? 'unread' : part.owned.length ? '' : 'idle'}`} />`)}
					${deaths(name, state.feed).filter((at) => clock.now - at < span).map((at) => html`<path class="death"
						aria-description=${`${timeOfDay(at)} · ${say('event.died', name)}`}
						d=${`M${x(at) - 5} ${HEAD + row * (i + 1) + NAME + bar / 2 - 5}l10 10m0 -10l-10 10`} />`)}
				<//>`)}
				<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
					<path class="hatch" d="M0 0V6" /></pattern></defs>
				${gaps.map(({ from, until }) => html`<g class="outage"
					aria-description=${say('board.outage', timeOfDay(from), timeOfDay(until))}>
					<rect fill="url(#hatch)" x=${x(from)} y=${HEAD} width=${Math.max(1, x(until) - x(from))}
						height=${height - HEAD} />
					${fits(say('board.no-data'), x(until) - x(from)) && html`<text x=${(x(from) + x(until)) / 2} y=${HEAD + NAME + bar / 2 + 4}>
						${say('board.no-data')}</text>`}</g>`)}
				${shown.map(([id, rebalance]) => html`<g key=${id} class="rebalance" data-id=${id} role="button"
					aria-pressed=${id === current} tabindex="0" aria-label=${title(rebalance, again[id])} onClick=${() => pick(id)}
					onKeyDown=${(event) => [' ', 'Enter'].includes(event.key) && (event.preventDefault(), pick(id))}>
					<rect class="hit" ...${band(rebalance)} />
					<path class="flag" d=${`M${x(rebalance.at) - 4} 14h10l-5 8z`} />
				</g>`)}
				${marks.map((ms) => html`<text class="minute" data-at=${end - ms} x=${width * (1 - ms / span) + 3} y="11">
					${seconds ? say('board.seconds-ago', ms / 1000) : say('board.minutes-ago', ms / 60_000)}</text>`)}
			</svg>
		</div>
		<div class="acts dim">${shown.length > 0 && html`<p>${say('board.rebalances.pick')}</p>`}
			${live && html`<a data-action="export-json" download
				href=${`api/board/export?${new URLSearchParams({ group: source.group })}`}>${say('board.export.json')}</a>`}
			<a data-action="export-svg" href="#timeline" download=${`${source.group}.svg`}
				onClick=${({ target }) => (target.href = address('image/svg+xml', standalone(drawing.current, source.group, end - span, end)))}>${say('board.export.svg')}</a></div>
		${current && html`<${Rebalance} id=${current} state=${state} rebalance=${rebalances[current]} again=${again[current]} list=${list}
			short=${short} group=${source.group} drawing=${drawing} from=${end - span} end=${end} />`}
	<//>`;
}

/** The rebalances of the last five minutes with their numbers, the newest last. */
export const lately = ({ rebalances = {} }) => Object.entries(rebalances)
	.filter(([, { at, until }]) => clock.now - Date.parse(until ?? at) < LONGEST);

/** How long the partition stood still that did so longest, as the table tells it, and what was handled twice. */
export function cost({ open, causes = [], before = {}, added = [], stood = {}, about = {}, allStood = 0 }, again) {
	const told = Math.max(0, ...Object.values(stood));
	const longest = Math.max(told, ...Object.values(about).map(({ least, most }) => most ?? least));
	// where all members were away, nobody owned what the newcomers then waited for
	const least = Math.max(1000 * (causes.find(({ key }) => key === 'cause.nobody')?.values[0] ?? 0),
		Object.keys(before).length > 0 ? allStood : 0);
	const all = least > told && least >= 1000;
	// what nobody owned before did not stop
	const first = Object.keys({ ...stood, ...about }).every((name) => added.includes(name));
	return [all && say('board.rebalance.all-stood', Math.floor(least / 1000)),
		longest > (all ? least + SLACK : 0) && say(first ? 'board.rebalance.first' : 'board.rebalance.stood', inSeconds(longest)),
		again && say('board.rebalance.again', again.count), open && say('board.rebalance.open')].filter(Boolean);
}

/** A time that snapshots tell, in whole seconds. */
function roughly({ least, most }) {
	const [from, to] = [Math.floor(least / 1000), Math.ceil(most / 1000)];
	return most === undefined ? say('board.least', from) : from ? say('board.between', from, to) : say('board.most', to);
}

/** When that happened to the member, by the events whose keys begin so. */
const times = (name, feed = {}, ...kinds) => Object.values(feed)
	.filter(({ key, values }) => values[0] === name && kinds.some((kind) => key.startsWith(`event.${kind}`)))
	.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);

/** When a member died: its session goes on until the group removes it. */
const deaths = (name, feed) => times(name, feed, 'died');

/** The times in which a member's process had ended or was paused, so that it read nothing although it was a member. */
function quiet(name, feed) {
	const back = times(name, feed, 'started', 'resumed');
	return times(name, feed, 'died', 'paused').map((from) => ({ from, until: back.find((at) => at > from) ?? clock.now }));
}

/** When the first of what is shown happened. */
const begin = ({ states = [], lanes = {}, rebalances = {} }) => Math.min(clock.now,
	...[...states, ...Object.values(lanes).flat(), ...Object.values(rebalances)].map(({ at }) => Date.parse(at)));

/** Each change lasts until the next that differs, apart from when nothing is known; what is owned in quiet times is not read. */
const segments = (changes, gaps, quiet = []) => changes.filter((change, i) => !i || !same(change, changes[i - 1]))
	.map((change, i, all) => ({ ...change, at: Date.parse(change.at), until: Date.parse(all[i + 1]?.at ?? NaN) || clock.now }))
	.flatMap((change) => gaps.reduce((parts, gap) => parts.flatMap((part) => without(part, gap)), [change]))
	.flatMap((part) => (part.owned?.length ? [
		...quiet.reduce((parts, time) => parts.flatMap((part) => without(part, time)), [part]),
		...quiet.map(({ from, until }) => ({ ...part, at: Math.max(from, part.at), until: Math.min(until, part.until), unread: true }))
			.filter(({ at, until }) => at < until)] : [part]))
	.filter(({ until }) => clock.now - until < LONGEST);

/** Whether two changes look the same: a rebalance may give a member what it had. */
const same = (one, other) => one.state === other.state && `${one.owned}` === `${other.owned}`
	&& ['GONE', 'WAITING'].every((kind) => (one.kind === kind) === (other.kind === kind));

const without = (part, { from, until }) => (until <= part.at || part.until <= from ? [part]
	: [{ ...part, until: from }, { ...part, at: until }].filter((known) => known.at < known.until));

function Row({ y, name, width, children }) {
	return html`<g><path class="rule" d=${`M0 ${y}H${width}`} /><text x="3" y=${y + 12}>${name}</text>${children}</g>`;
}

function Segment({ at, until, epoch, source, x, y, height, style, text }) {
	const [left, right] = [x(at), x(until)];
	const told = [`${timeOfDay(at)} – ${timeOfDay(until)}`, text, epoch !== undefined && say('board.epoch', epoch),
		source && say(`board.source.${source}`)].filter(Boolean).join(' · ');
	return html`<g class=${`segment ${style}`} aria-description=${told}>
		<rect x=${left} y=${y + NAME} width=${Math.max(1, right - left - 1)} height=${height} rx="2" />
		${fits(text, right - left) && html`<text x=${left + 6} y=${y + NAME + height / 2 + 4}>${text}</text>`}</g>`;
}

/** Whether a text has room between two places of the drawing. */
const fits = (text, width) => width > 14 + 7 * breadth(text);

const title = (rebalance, again) => [say('board.rebalance', timeOfDay(rebalance.at)), ...cost(rebalance, again)].join(', ');

function Rebalance({ id, state, rebalance, again, list, short, group, drawing, from, end }) {
	const { causes = [], before = {}, after = {}, stood = {}, about = {}, allStood, source, epochBefore, epochAfter } = rebalance;
	const changes = ['moved', 'kept', 'added'].filter((change) => rebalance[change]?.length);
	const change = (name) => changes.find((change) => rebalance[change].includes(name));
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byName);
	const still = (name) => (name in stood ? say('board.ms', stood[name])
		: name in about ? roughly(about[name])
		: allStood && name in before ? say('board.least', Math.floor(allStood / 1000)) : undefined);
	const named = again?.records.map((record) => {
		const [partition, offset] = record.split('@');
		return `${short(partition)}@${offset}`;
	});
	const shown = useRef();
	const save = ({ target }) => {
		const lines = [...shown.current.querySelectorAll('.cause, p')].map(({ textContent }) => textContent.trim());
		target.href = address('text/html;charset=utf-8', rebalancePage({ lang, title: `${group}: ${title(rebalance, again)}`, lines,
			svg: standalone(drawing.current, group, from, end), table: shown.current.querySelector('table').outerHTML,
			from, until: end, play: say('board.replay.play'), background: getComputedStyle(document.body).backgroundColor }));
	};
	return html`<section id="rebalance" ref=${shown} data-id=${id} aria-labelledby="rebalance-title">
		<div class="acts"><h3 id="rebalance-title">${title(rebalance, again)}</h3>
			<a class="dim" data-action="export-html" href="#rebalance" download=${`${group}-${id}.html`} onClick=${save}>
				${say('board.export.html')}</a></div>
		<ul>${causes.map((cause) => html`<li class="cause">${sentence(cause, state)}${' '}
			<span class="tag">${say(cause.observed ? 'board.observed' : 'board.inferred')}</span></li>`)}
			${!causes.length && html`<li>${say('board.cause-unknown')}</li>`}</ul>
		<p>${changes.map((change) => say(`board.change.${change}`) + ': ' + list(rebalance[change])).join(' · ')}</p>
		<details><summary class="dim">${say(`board.source.${source}`)}
			${epochAfter !== undefined && ` · ${say('board.epochs', epochBefore ?? '–', epochAfter)}`}</summary>
		<div class="wide" tabindex="0"><${Table} columns=${['topic-partition', 'before', 'after', 'change', 'stood']}
			rows=${names.map((name) => [name, before[name], after[name], change(name) && say(`board.change.${change(name)}`),
				still(name)])} /></div></details>
		${again && html`<p class="again">${say('board.again', again.count)} ${named.join(', ')}${again.count > named.length ? ', …' : ''}</p>`}
	</section>`;
}

const INLINED = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'paint-order', 'text-anchor',
	'font-size', 'font-family', 'font-weight'];

/** The drawing with its colors, a title and clock times in itself, so that it tells the same without this page. */
function standalone(svg, group, from, end) {
	const copy = svg.cloneNode(true);
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.style.background = getComputedStyle(document.body).backgroundColor;
	const copies = copy.querySelectorAll('*');
	svg.querySelectorAll('*').forEach((original, i) => {
		const style = getComputedStyle(original);
		INLINED.forEach((name) => copies[i].setAttribute(name, style.getPropertyValue(name)));
	});
	copy.querySelectorAll('text.minute').forEach((text) => (text.textContent = timeOfDay(Number(text.dataset.at))));
	const title = document.createElementNS(copy.namespaceURI, 'title');
	title.textContent = `${say('board.title', group)}, ${timeOfDay(from)} – ${timeOfDay(end)}`;
	copy.prepend(title);
	return new XMLSerializer().serializeToString(copy);
}
