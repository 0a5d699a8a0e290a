// Beside the verdict: what happened last, and what it cost.

import { html } from './vendor/htm-preact-3.1.1.js';
import { byName, entries, say, sentence, shortener, timeOfDay } from './words.js';
import { ago, clock } from './parts.js';
import { cost, lately } from './timeline.js';

/** What is older is told small, with its age. */
const FRESH = 30_000;

/** The events that are told as a rebalance is. The terminal has the same rule. */
export const leads = (key) => /^event\.(broker|connection|cluster|died|grown|paused|resumed|leader|slowed)/.test(key);

/** Verdicts on partitions that a broker keeps from being read: worse than what a rebalance did before. */
const UNREAD = /^verdict\.(end-unknown|no-leader)$/;

const isFresh = (at) => clock.now - Date.parse(at) < FRESH;

/** The newest of what happened; while partitions wait for a member that is silent, that first. */
export function LastEvent({ state, past, pick }) {
	const { timeline = {}, feed = {}, instances = {}, broker, verdict } = state;
	const waiting = unread(state);
	const [id, rebalance] = lately(timeline).at(-1) ?? [];
	const event = Object.values(feed).filter(({ key }) => leads(key)).sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(-1);
	const over = rebalance?.until ?? rebalance?.at;
	const newer = event && !(Date.parse(over) > Date.parse(event.at)) ? event : undefined;
	const isNow = newer ? isFresh(newer.at) : rebalance && !UNREAD.test(verdict?.key) && (rebalance.open || isFresh(over));
	const told = rebalance && html`<a href="#rebalance" onClick=${() => pick(id)}>${outcome(id, rebalance, state)}</a>`;
	const why = rebalance && html`<time datetime=${rebalance.at}>${timeOfDay(rebalance.at)}</time> ${
		isToldByCauses(rebalance) || causes(rebalance, state).join(' · ')}`;
	// where the console is away, too, it cannot tell whether the cluster still is
	const isAway = !past && broker && broker.state !== 'UP';
	const away = isAway && say(`board.broker.${broker.state}`, timeOfDay(broker.since), broker.problem ?? '');
	const toStart = isAway && entries(instances).filter(([name, { state }]) => name.startsWith('kafka') && ['STOPPED', 'PAUSED'].includes(state))
		.map(([name, { state }]) => say(`board.broker.${state}`, name)).join(' · ');
	const when = newer && html`<time datetime=${newer.at}>${timeOfDay(newer.at)}</time>`;
	const before = rebalance && (newer || waiting || isAway || !isNow)
		&& html`<p class="before">${say('board.last.ago', ago(over))} ${why} · ${told}</p>`;
	if (waiting) {
		return html`<div id="last"><p class="cost waiting">${waiting}</p>
			${isAway ? html`<p>${away}</p>` : newer && html`<p>${when} ${sentence(newer, state)}</p>`}${before}</div>`;
	}
	if (isAway) {
		return html`<div id="last"><p class="cost" data-level="BAD">${away}</p><p>${[ago(broker.since), toStart].filter(Boolean).join(' · ')}</p>${before}</div>`;
	}
	if (newer) {
		return html`<div id="last">${isNow ? html`<p class="cost" data-level=${newer.level}>${sentence(newer, state)}</p><p>${when} · ${ago(newer.at)}</p>`
			: html`<p class="before">${when} · ${ago(newer.at)} · ${sentence(newer, state)}</p>`}${before}</div>`;
	}
	if (rebalance) {
		return html`<div id="last">${isNow ? html`<p class="cost">${told}</p><p><span class="dim">${say(rebalance.open ? 'board.last.open' : 'board.last')}</span> ${why}</p>`
			: before}</div>`;
	}
	const since = timeline.states?.[0]?.at;
	const long = Date.parse(since) < clock.now - 5 * 60_000;
	return html`<div id="last"><p>${since && (long ? say('board.rebalances.none', timeOfDay(clock.now - 5 * 60_000))
		: say('board.rebalances.none-yet', timeOfDay(since)))}</p></div>`;
}

/**
 * The partitions that wait for a member that sends no heartbeats; empty where there are none. For how long is told of the
 * time of which the verdict tells how long it still takes.
 */
function unread({ now, members = {}, partitions = {}, source }) {
	const short = shortener(partitions, source);
	return Object.values(members).filter(({ silentSince, assigned = [] }) => silentSince && assigned.length)
		.map(({ silentSince, assigned }) => say('board.last.waiting', [...assigned].sort(byName).map(short).join(', '),
			Math.max(0, Math.floor((Date.parse(now) - Date.parse(silentSince)) / 1000)))).join(' · ');
}

const causes = ({ causes = [] }, state) => causes.map((cause) => sentence(cause, state));

/** Whether it has changed nothing yet. */
const isToldByCauses = ({ open, moved = [], added = [] }) => open && !moved.length && !added.length;

/** What a rebalance did and cost, in one line. */
function outcome(id, rebalance, state) {
	const { timeline, partitions = {}, source } = state;
	const short = shortener(partitions, source);
	const { moved = [], added = [], before = {}, after = {}, causes: of = [] } = rebalance;
	const grown = of.filter(({ key }) => key === 'cause.grown').flatMap(({ values }) => values.join(', ').split(', '));
	const changed = [...moved.map((name) => say('board.last.moved', short(name), before[name], after[name])),
		// a partition that nobody owned before need not be new
		...added.map((name) => say(grown.includes(name) ? 'board.last.added' : 'board.last.taken', short(name), after[name]))];
	const what = changed.length > 2 ? [say('board.last.many', changed.length)]
		: changed.length ? changed : isToldByCauses(rebalance) ? causes(rebalance, state) : [say('board.last.none')];
	return [...what, ...cost(rebalance, timeline.again?.[id])].join(' · ');
}
