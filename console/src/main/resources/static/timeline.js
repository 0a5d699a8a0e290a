// The last five minutes: who owned what, what state the group was in, and what each rebalance did.

import { html, useLayoutEffect, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { byName, say, sentence, shortener, timeOfDay } from './words.js';
import { Panel, Table, clock, look, stale } from './parts.js';

const SPAN = 5 * 60_000;
const ROW = 34;
const HEAD = 18;
const MINUTES = [4, 3, 2, 1];

export function Timeline({ state, live, Choose }) {
	const { timeline = {}, partitions = {}, group, source } = state;
	const { states = [], lanes = {}, rebalances = {}, outages = [] } = timeline;
	const [picked, pick] = useState();
	const [width, setWidth] = useState(640);
	const frame = useRef();
	const drawing = useRef();
	useLayoutEffect(() => {
		const measure = () => setWidth(frame.current.clientWidth);
		const observer = new ResizeObserver(measure);
		observer.observe(frame.current);
		measure();
		return () => observer.disconnect();
	}, []);
	const end = clock.now;
	const x = (at) => Math.max(0, width * (1 - (end - new Date(at)) / SPAN));
	// the console may be away, too
	const gaps = [...outages, ...(stale(state.now) ? [{ from: state.now }] : [])]
		.map(({ from, until }) => ({ from: Date.parse(from), until: until ? Date.parse(until) : clock.now }))
		.filter(({ until }) => clock.now - until < SPAN);
	const short = shortener(partitions);
	const list = (names) => names.map(short).sort(byName).join(', ');
	const names = Object.keys(lanes).sort(byName);
	const height = HEAD + ROW * (names.length + 1);
	const shown = Object.entries(rebalances).filter(([, { at, until }]) => end - Date.parse(until ?? at) < SPAN);
	const current = picked in rebalances ? picked : undefined;
	return html`<${Panel} id="timeline" title=${say('board.timeline')} at=${group?.at}>
		<div class="frame" tabindex="0" ref=${frame}>
			<svg ref=${drawing} class="timeline" role="group" aria-label=${say('board.timeline')} width=${width} height=${height}
				viewBox=${`0 0 ${width} ${height}`}>
				${MINUTES.map((minutes) => html`<path class="minute" d=${`M${width * (1 - minutes / 5)} 0V${height}`} />`)}
				<${Row} y=${HEAD} name=${say('board.group')} width=${width}>
					${segments(states, gaps).map((part) => html`<${Segment} ...${part} x=${x} width=${width} y=${HEAD}
						style=${part.state === 'Stable' ? 'group stable' : 'group'} text=${part.state} />`)}
				<//>
				${names.map((name, i) => html`<${Row} key=${name} y=${HEAD + ROW * (i + 1)} name=${name} width=${width}>
					${segments(lanes[name], gaps).filter(({ kind }) => kind !== 'GONE').map((part) => html`<${Segment} ...${part} x=${x}
						width=${width} y=${HEAD + ROW * (i + 1)} text=${list(part.owned) || say('board.idle')}
						style=${`${look(name).style} ${part.owned.length ? '' : 'idle'}`} />`)}
				<//>`)}
				<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
					<path class="hatch" d="M0 0V6" /></pattern></defs>
				${gaps.map(({ from, until }) => html`<g class="outage"
					aria-description=${say('board.outage', timeOfDay(from), timeOfDay(until))}>
					<rect fill="url(#hatch)" x=${x(from)} y=${HEAD} width=${Math.max(1, x(until) - x(from))}
						height=${height - HEAD} /></g>`)}
				${shown.map(([id, rebalance]) => html`<g key=${id} class="rebalance" data-id=${id} role="button"
					aria-pressed=${id === current} tabindex="0" aria-label=${title(rebalance)} onClick=${() => pick(id)}
					onKeyDown=${(event) => [' ', 'Enter'].includes(event.key) && (event.preventDefault(), pick(id))}>
					${['hit', 'band'].map((part) => html`<rect class=${part} x=${x(rebalance.at)} height=${height}
						width=${Math.max(4, x(rebalance.until ?? state.now) - x(rebalance.at))} />`)}
				</g>`)}
				${MINUTES.map((minutes) => html`<text class="minute" x=${width * (1 - minutes / 5) + 3} y="11">
					${say('board.minutes-ago', minutes)}</text>`)}
			</svg>
		</div>
		<p class="dim">${shown.length ? say('board.rebalances.pick')
			: states.length > 0 && say('board.rebalances.none', timeOfDay(Math.max(end - SPAN, Date.parse(states[0].at))))}</p>
		${current && html`<${Rebalance} id=${current} rebalance=${rebalances[current]} list=${list} />`}
		<div class="acts">
			${live && html`<a class="button" data-action="export-json" href="api/board/export" download>
				${say('board.export.json')}</a>`}
			<a class="button" data-action="export-svg" href="#timeline" download=${`${source.group}.svg`}
				onClick=${({ target }) => (target.href = standalone(drawing.current))}>${say('board.export.svg')}</a>
			<${Choose} />
		</div>
	<//>`;
}

/** Each change lasts until the next, apart from when nothing is known. */
const segments = (changes, gaps) => changes
	.map((change, i) => ({ ...change, at: Date.parse(change.at), until: Date.parse(changes[i + 1]?.at ?? NaN) || clock.now }))
	.flatMap((change) => gaps.reduce((parts, gap) => parts.flatMap((part) => without(part, gap)), [change]))
	.filter(({ until }) => clock.now - until < SPAN);

const without = (part, { from, until }) => (until <= part.at || part.until <= from ? [part]
	: [{ ...part, until: from }, { ...part, at: until }].filter((known) => known.at < known.until));

function Row({ y, name, width, children }) {
	return html`<g><path class="rule" d=${`M0 ${y}H${width}`} /><text x="3" y=${y + 12}>${name}</text>${children}</g>`;
}

function Segment({ at, until, epoch, source, x, y, style, text }) {
	const [left, right] = [x(at), x(until)];
	const told = [`${timeOfDay(at)} – ${timeOfDay(until)}`, text, epoch !== undefined && say('board.epoch', epoch),
		source && say(`board.source.${source}`)].filter(Boolean).join(' · ');
	return html`<g class=${`segment ${style}`} aria-description=${told}>
		<rect x=${left} y=${y + 15} width=${Math.max(1, right - left - 1)} height="15" rx="2" />
		${right - left > 12 + text.length * 6 && html`<text x=${left + 6} y=${y + 26}>${text}</text>`}</g>`;
}

/** What it cost: how long the partition stood still that did so longest, as the table tells it. */
function title({ at, open, before = {}, stood = {}, allStood = 0 }) {
	const longest = Math.max(0, ...Object.values(stood));
	const all = Object.keys(before).length > 0 && allStood > longest;
	return [say('board.rebalance', timeOfDay(at)), all && say('board.rebalance.all-stood', Math.floor(allStood / 1000)),
		!all && longest > 0 && say('board.rebalance.stood', longest), open && say('board.rebalance.open')].filter(Boolean).join(', ');
}

function Rebalance({ id, rebalance, list }) {
	const { causes = [], before = {}, after = {}, stood = {}, allStood, source, epochBefore, epochAfter } = rebalance;
	const changes = ['moved', 'kept', 'added'].filter((change) => rebalance[change]?.length);
	const change = (name) => changes.find((change) => rebalance[change].includes(name));
	const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byName);
	const still = (name) => (name in stood ? say('board.ms', stood[name])
		: allStood && name in before ? say('board.least', Math.floor(allStood / 1000)) : undefined);
	return html`<section id="rebalance" data-id=${id} aria-labelledby="rebalance-title">
		<h3 id="rebalance-title">${title(rebalance)}</h3>
		<ul>${causes.map((cause) => html`<li class="cause">${sentence(cause)}${' '}
			<span class="tag">${say(cause.observed ? 'board.observed' : 'board.inferred')}</span></li>`)}
			${!causes.length && html`<li>${say('board.cause-unknown')}</li>`}</ul>
		<p>${changes.map((change) => say(`board.change.${change}`) + ': ' + list(rebalance[change])).join(' · ')}</p>
		<p class="dim">${say(`board.source.${source}`)}
			${epochAfter !== undefined && ` · ${say('board.epochs', epochBefore ?? '–', epochAfter)}`}</p>
		<div class="wide" tabindex="0"><${Table} columns=${['topic-partition', 'before', 'after', 'change', 'stood']}
			rows=${names.map((name) => [name, before[name], after[name], change(name) && say(`board.change.${change(name)}`),
				still(name)])} /></div>
	</section>`;
}

const INLINED = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-family'];

/** The drawing with its colors in itself, so that it looks the same without this page's style sheet. */
function standalone(svg) {
	const copy = svg.cloneNode(true);
	copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
	copy.style.background = getComputedStyle(document.body).backgroundColor;
	const copies = copy.querySelectorAll('*');
	svg.querySelectorAll('*').forEach((original, i) => {
		const style = getComputedStyle(original);
		INLINED.forEach((name) => copies[i].setAttribute(name, style.getPropertyValue(name)));
	});
	return 'data:image/svg+xml,' + encodeURIComponent(new XMLSerializer().serializeToString(copy));
}
