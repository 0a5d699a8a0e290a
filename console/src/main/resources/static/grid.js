// Many partitions as a grid, many members as rows: to find, to sort, and to see who reads what.

import { html, useRef, useState } from './vendor/htm-preact-3.1.1.js';
import { byName, keep, lang, parameter, say } from './words.js';
import { isShared, kept, look, readersOf, stalledWhy, sum } from './parts.js';
import { Row } from './cards.js';

const orNobody = ([, partition]) => readersOf(partition)[0] ?? '';

/** Orders of partitions, each an entry of name and partition; the equal ones are by number. */
const SORTS = {
	number: () => 0,
	lag: ([, a], [, b]) => (b.lag ?? -1) - (a.lag ?? -1),
	owner: (a, b) => byName(orNobody(a), orNobody(b)),
};

/** A choice that is kept in the address, so that a reload, a link and the other language have it, too. */
function useChoice(name) {
	const [value, set] = useState(parameter(name) ?? '');
	return [value, (chosen) => {
		keep(name, chosen);
		set(chosen);
	}];
}

/** Sorts once, by the values of that moment: a grid that is sorted anew with each of them could not be read. */
function useSort(lanes) {
	const [sort, choose] = useChoice('sort');
	const by = Object.hasOwn(SORTS, sort) ? sort : 'number';
	const places = useRef(new Map());
	if (!places.current.size) {
		places.current = placesBy(by, lanes);
	}
	const [, again] = useState();
	return { by, place: (name) => places.current.get(name) ?? lanes.length, sort: (chosen) => {
		places.current = placesBy(chosen, lanes);
		choose(chosen === 'number' ? '' : chosen);
		again({});
	} };
}

const placesBy = (by, lanes) => new Map([...lanes].sort((a, b) => SORTS[by](a, b) || byName(a[0], b[0]))
	.map(([name], place) => [name, place]));

/** The partitions and the members of a large group. */
export function Grid({ state, lanes, cards, grow }) {
	const [chosen, choose] = useChoice('member');
	const [words, search] = useChoice('find');
	const [lagging, onlyLagging] = useChoice('lagging');
	const { by, place, sort } = useSort(lanes);
	const shown = lanes.filter(([name, partition]) => (name.includes(words)
		|| readersOf(partition).some((reader) => reader.includes(words))) && (!lagging || partition.lag > 0))
		.sort(([a], [b]) => place(a) - place(b) || byName(a, b));
	const toggle = (name) => choose(name === chosen ? '' : name);
	const reads = (member) => lanes.filter(([, partition]) => readersOf(partition).includes(member));
	const first = (member) => Math.min(...reads(member).map(([name]) => place(name)), lanes.length);
	const rows = cards.filter(([name]) => name.includes(words) || shown.some(([, partition]) => readersOf(partition).includes(name)))
		.sort(([a], [b]) => (by === 'lag' ? first(a) - first(b) : 0) || byName(a, b));
	return html`<div class="column">
		<div class="acts"><input type="search" id="filter" value=${words} placeholder=${say('board.filter')}
			aria-label=${say('board.filter')} onInput=${({ target }) => search(target.value)} />
			<label><input type="checkbox" id="lagging" checked=${!!lagging}
				onChange=${({ target }) => onlyLagging(target.checked ? 'true' : '')} /> ${say('board.filter.lag')}</label>
			<span id="sort" role="group" aria-label=${say('board.sort')}><span class="dim">${say('board.sort')}</span>
				${Object.keys(SORTS).map((order) => html`<button type="button" class="quiet" data-sort=${order}
					aria-pressed=${order === by} onClick=${() => sort(order)}>${say(order === 'number' ? 'board.sort.number'
						: `board.column.${order === 'owner' && isShared(state) ? 'readers' : order}`)}</button>`)}</span>
			<span class="dim">${say('board.filter.shown', shown.length, lanes.length)}</span></div>
		<${Squares} shown=${shown} chosen=${chosen} toggle=${toggle} />
		${grow}
	</div>
	<ul class="cards" aria-label=${say('board.members')}>
		${rows.map(([name, member]) => html`<${Row} key=${name} name=${name} member=${member} lag=${lagOf(reads(name))}
			chosen=${name === chosen} choose=${() => toggle(name)} />`)}
	</ul>`;
}

function lagOf(lanes) {
	const known = lanes.map(([, { lag }]) => lag).filter((lag) => lag !== undefined);
	return known.length ? sum(known) : '–';
}

/** One stop of the Tab key; the arrow keys go from square to square. */
function Squares({ shown, chosen, toggle }) {
	const [visited, visit] = useState();
	const stop = shown.some(([name]) => name === visited) ? visited : shown[0]?.[0];
	const move = (event) => {
		const squares = [...event.currentTarget.querySelectorAll('button')];
		const at = squares.indexOf(document.activeElement);
		const columns = squares.filter(({ offsetTop }) => offsetTop === squares[0].offsetTop).length;
		const to = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - columns, ArrowDown: at + columns, Home: 0,
			End: squares.length - 1 }[event.key];
		if (squares[to]) {
			event.preventDefault();
			squares[to].focus();
		}
	};
	const most = Math.max(1, ...shown.map(([, { lag }]) => lag ?? 0));
	return html`<ol class="lanes" aria-label=${say('board.partitions')} onKeyDown=${move}>
		${shown.map(([name, partition]) => html`<${Square} key=${name} name=${name} partition=${partition}
			faint=${chosen && !readersOf(partition).includes(chosen)} heat=${(partition.lag ?? 0) / most} stop=${name === stop} visit=${visit} toggle=${toggle} />`)}
	</ol>`;
}

const few = new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: 0 });

/** The more lag, the more color. Pressed, it shows what else its reader reads. */
function Square({ name, partition, faint, heat, stop, visit, toggle }) {
	const readers = readersOf(partition);
	const [reader, ...more] = readers;
	const { style, letter } = look(more.length ? undefined : reader);
	const told = [say(partition.readers ? 'board.square.shared' : 'board.square', name,
		readers.join(', ') || say('board.nobody'), partition.lag ?? '–'), stalledWhy(partition), kept(partition)];
	return html`<li class=${`lane square ${style} ${faint ? 'faint' : ''}`} data-partition=${name} data-owner=${readers.join(' ')}
		style=${{ '--heat': heat.toFixed(2) }} data-lag=${partition.lag} data-stalled=${!!partition.stalledSince}><button type="button" tabindex=${stop ? 0 : -1}
			onFocus=${() => visit(name)} onClick=${() => reader && toggle(reader)} aria-description=${told.filter(Boolean).join(' ')}>
		<span class="number">${partition.partition}</span><b>${more.length ? `×${readers.length}` : letter}</b><span>${partition.lag === undefined ? '–' : few.format(partition.lag)}</span>
		</button></li>`;
}
