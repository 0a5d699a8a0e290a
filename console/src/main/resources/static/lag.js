// Lag per partition over the last ten minutes, and as a time.

import { html } from './vendor/htm-preact-3.1.1.js';
import { byName, lasts, say, shortener } from './words.js';
import { Panel, clock } from './parts.js';

const SECONDS = 600;
/** Seconds from one sample to the next, where the cluster answers. */
const LONGEST_STEP = 8;
/** So many seconds tell how fast the lag goes down. */
const PACE = 15;
const [WIDTH, HEIGHT] = [360, 120];

/** What was measured, in the order of its seconds. */
export const samplesOf = ({ lag = {} }) => Object.entries(lag).map(([second, values]) => [Number(second), values])
	.sort(([a], [b]) => a - b);

export function Lag({ state }) {
	const { partitions = {}, broker, source } = state;
	const short = shortener(partitions, source);
	const samples = samplesOf(state);
	const last = samples.at(-1)?.[1] ?? {};
	const highest = Math.max(1, ...samples.map(([, values]) => Math.max(...Object.values(values))));
	const now = Math.floor(clock.now / 1000);
	const x = (second) => WIDTH - (now - second) * WIDTH / SECONDS;
	const y = (value) => HEIGHT - 4 - value * (HEIGHT - 20) / highest;
	const lines = Object.keys(last).sort((a, b) => (b === 'total') - (a === 'total') || byName(a, b)).map((name, i) => {
		const known = samples.filter(([, values]) => name in values);
		const points = known.map(([second, values]) => [x(second), y(values[name])]);
		// a line does not go over a time of which nothing is known
		const runs = [];
		known.forEach(([second], i) => (second - known[i - 1]?.[0] <= LONGEST_STEP ? runs.at(-1) : runs[runs.push([]) - 1]).push(points[i]));
		return { name, value: last[name], points, runs,
			label: name === 'total' ? 'Σ' : short(name), style: name === 'total' ? 'total' : `part p${(i - 1) % 6} w${Math.floor((i - 1) / 6)}`,
			// labels stand side by side on their lines, for lines often lie on one another
			labelled: points[Math.max(0, points.length - 1 - 9 * i)] };
	});
	const told = [oldest(partitions, short), caughtUp(samples)].filter(Boolean).join(' ');
	return html`<${Panel} id="lag" title=${say('board.lag.title')} at=${broker?.at}>
		<svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img"
			aria-label=${say('board.lag.chart', last.total ?? '–', highest)}>
			<line class="axis" x1="0" x2=${WIDTH} y1=${y(0)} y2=${y(0)} />
			<text class="dim" x="2" y="10">${highest}</text>
			${lines.map(({ name, runs, style, label, labelled }) => html`<g key=${name} class=${style}>
				${runs.map((points) => html`<polyline points=${points.join(' ')} />`)}<text x=${labelled[0]} y=${labelled[1] - 4}>${label}</text></g>`)}
		</svg>
		<p id="lag-time">${told || say(last.total === undefined ? 'board.lag.unknown' : 'board.lag.none')}</p>
		<ul class="legend">${lines.map(({ name, value, style, label }) => html`
			<li key=${name} data-lag-of=${name}>
				<svg class="swatch" aria-hidden="true"><g class=${style}><path d="M0 6H28" /></g></svg>${' '}
				${name === 'total' ? say('board.lag.total') : label} <b>${value}</b></li>`)}</ul>
	<//>`;
}

/** How old the record is that has waited longest. */
function oldest(partitions, short) {
	const [name, { unread } = {}] = Object.entries(partitions).filter(([, { unread }]) => unread)
		.sort(([, a], [, b]) => Date.parse(a.unread.since) - Date.parse(b.unread.since))[0] ?? [];
	return unread && say(unread.earlier ? 'board.lag.older' : 'board.lag.oldest', lasts(clock.now - Date.parse(unread.since)),
		short(name));
}

/** When nothing waits any more, if it goes on as in the last seconds. */
export function caughtUp(samples) {
	const [second, { total } = {}] = samples.at(-1) ?? [];
	const [before, { total: then } = {}] = samples.findLast(([at]) => at <= second - PACE) ?? [];
	if (!total || then === undefined) {
		return undefined;
	}
	const pace = (then - total) / (second - before);
	return pace > 0 ? say('board.lag.caught-up', lasts(1000 * total / pace)) : say('board.lag.not');
}
