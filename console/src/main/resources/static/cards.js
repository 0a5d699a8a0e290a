// The members' cards, with what can be done to each of them here and now.

import { html, useLayoutEffect, useRef } from './vendor/htm-preact-3.1.1.js';
import { byName, isProduct, say, sentence, timeOfDay } from './words.js';
import { Badge, Named, Ring, clock, isShared, look, readersOf, stands, still } from './parts.js';
import { Add, Controls } from './actions.js';

/** What is neither a member nor one of these is started with a + only. */
const ALWAYS_SHOWN = ['product1', 'product2'];

/** Where everybody is on one machine, that is not worth a word. */
const LOOPBACK = ['127.0.0.1', 'localhost'];

export function Cards({ state, short, doing }) {
	const { group, members = {}, partitions = {}, instances = {}, timeline = {} } = state;
	const cards = useRef();
	useMoves(cards);
	const products = Object.keys(instances).filter(isProduct).sort(byName);
	const away = doing ? products.filter((name) => ALWAYS_SHOWN.includes(name) || instances[name].state !== 'STOPPED') : [];
	const gone = Object.fromEntries(Object.entries(timeline.lanes ?? {}).map(([name, lane]) => [name, lane.at(-1)])
		.filter(([, last]) => last.kind === 'GONE'));
	const names = [...new Set([...Object.keys(members), ...away, ...Object.keys(gone)])].sort(byName);
	const further = doing && products.find((name) => !names.includes(name) && instances[name].state === 'STOPPED');
	return html`<div class="column">
		<ul class="cards" ref=${cards} aria-label=${say('board.members')}>
			${names.map((name) => (name in members
				? html`<${Card} key=${name} name=${name} state=${state} member=${members[name]} short=${short} session=${group?.sessionMs}
					instance=${instances[name]} doing=${doing}
					waits=${stands(name, state)} others=${isShared(state) && others(partitions, name)} />`
				: html`<${Ghost} key=${`ghost ${name}`} name=${name} instance=${doing && instances[name]} gone=${gone[name]}
					doing=${doing} />`))}
		</ul>
		${further && html`<${Add} name=${further} doing=${doing} />`}
	</div>`;
}

/** Who reads with that member what it reads. */
const others = (partitions, member) => [...new Set(Object.values(partitions).map(readersOf)
	.filter((readers) => readers.includes(member)).flat())].filter((name) => name !== member).sort(byName);

function Card({ name, state, member, short, session, instance, doing, waits, others }) {
	const { host, epoch, groupInstanceId, assigned = [], target, idle, why, silentSince, handled } = member;
	const list = (names) => names.map(short).sort(byName).join(', ') || '–';
	const moving = target && list(target) !== list(assigned);
	const parts = [...assigned].sort(byName).map((partition) =>
		html`<b key=${partition} class="part" data-part=${partition}>${short(partition)}</b> `);
	return html`<li class=${`member ${look(name).style}`} data-member=${name} data-idle=${!!idle}
		data-silent=${!!silentSince}>
		<h3><${Named} name=${name} /></h3>
		<p class="owns">${waits && !assigned.length ? html`<strong>${waits}</strong>`
			: idle ? html`<strong>${say('board.idle')}</strong> ${why && `· ${sentence(why, state)}`}`
			: html`<span class="label">${say(others ? 'board.reads' : silentSince ? 'board.owns.silent' : 'board.owns')}</span> ${assigned.length ? parts : '–'}`}</p>
		<p class="target">${silentSince ? html`<span class="silent">${session && html`<${Ring} from=${silentSince} ms=${session} />`}
				${say('board.silent', timeOfDay(silentSince))}</span>` : others && !idle ? html`<span class="shared">${others.length ? say('board.reads.with', others.join(', '))
			: say('board.reads.alone')}</span>` : waits && assigned.length ? html`<strong>${waits}</strong>` : moving && `⇢ ${say('board.will-own', list(target))}`}</p>
		<p class="dim">${handled && html`<span class="handled">${say('board.handled', handled.count)}
			${handled.offset !== undefined && html` · ${
				say('board.handled.last', handled.partition, handled.offset, handled.text ?? '')}`}</span>`}
			${[LOOPBACK.includes(host) || host, epoch !== undefined && say('board.epoch', epoch),
				groupInstanceId && say('board.static', groupInstanceId)].filter((fact) => fact && fact !== true).map((fact, i) => `${i || handled ? ' · ' : ''}${fact}`)}</p>
		${doing && instance && html`<${Controls} name=${name} instance=${instance} doing=${doing} />`}
	</li>`;
}

/** When an instance was first seen to run that is no member. */
const startedAt = new Map();

/** Who is not in the group: an instance that does not run, is about to join or was removed, or a member that has left. */
function Ghost({ name, instance, gone, doing }) {
	const running = instance?.state === 'RUNNING';
	if (!running) {
		startedAt.delete(name);
	} else if (!startedAt.has(name)) {
		startedAt.set(name, clock.now);
	}
	const seconds = running && Math.max(0, Math.round((clock.now - startedAt.get(name)) / 1000));
	return html`<li class=${`ghost ${look(name).style}`} data-ghost=${name}>
		<h3><${Named} name=${name} /></h3>
		<p>${running ? say('board.ghost.starting', seconds) : instance ? say(`board.ghost.${instance.state}`)
			: gone.seen ? say('board.ghost.gone-between', timeOfDay(gone.at), timeOfDay(gone.seen)) : say('board.ghost.gone', timeOfDay(gone.at))}</p>
		${instance && html`<${Controls} name=${name} instance=${instance} doing=${doing} />`}
	</li>`;
}

/** A partition that changes its owner is seen to go from card to card. */
function useMoves(cards) {
	const places = useRef(new Map());
	useLayoutEffect(() => {
		const before = places.current;
		places.current = new Map();
		cards.current.querySelectorAll('.part').forEach((part) => {
			const card = part.closest('.member').dataset.member;
			const { left, top } = part.getBoundingClientRect();
			const place = { card, left: left + scrollX, top: top + scrollY };
			const old = before.get(part.dataset.part);
			places.current.set(part.dataset.part, place);
			if (old && old.card !== card && !still()) {
				part.animate([{ transform: `translate(${old.left - place.left}px, ${old.top - place.top}px)` }, {}],
					{ duration: 300, easing: 'ease-in-out' });
			}
		});
	});
}

/** One of many members; pressed, it shows what it reads. */
export function Row({ name, member: { assigned = [], idle }, lag, chosen, choose }) {
	return html`<li class=${`member row ${look(name).style}`} data-member=${name} data-idle=${!!idle}>
		<button type="button" class="quiet" aria-pressed=${chosen} onClick=${choose}>
			<${Badge} name=${name} /> <span class="name">${name}</span>
			<span class="dim">${idle ? say('board.idle') : say('board.row', assigned.length, lag)}</span></button></li>`;
}
