// All groups of the cluster, to choose from. The address has the filter, so that a link leads to a topic's groups.

import { html, render, useState } from './vendor/htm-preact-3.1.1.js';
import { byName, here, known, lang, otherLang, parameter, say, timeOfDay } from './words.js';

const REFRESH_MS = 3000;

/** The lag, or the least that it is; undefined where there is none. */
const leastLag = ({ lag, unknownLags }) => lag ?? (unknownLags > 0 ? 0 : undefined);

/** How a column sorts: by name upwards, by number downwards. Numbers that nobody knows come last. */
const ORDER = {
	group: (a, b) => byName(a.group, b.group),
	members: (a, b) => (b.members ?? -1) - (a.members ?? -1),
	lag: (a, b) => (leastLag(b) ?? -1) - (leastLag(a) ?? -1),
};

/** The groups to show, in that order. A filter is a part of a group's name or a topic's. */
export function chosen(groups, { filter, lagging, order }) {
	const part = filter.toLowerCase();
	return groups
		.filter(({ group, topics }) => [group, ...topics].some((name) => name.toLowerCase().includes(part)))
		.filter(({ lag, unknownLags }) => !lagging || lag > 0 || unknownLags > 0)
		.sort((a, b) => ORDER[order](a, b) || ORDER.group(a, b));
}

export function showGroups(element) {
	const view = { list: undefined, problem: undefined };
	const draw = () => render(html`<${Page} ...${view} />`, element);
	const ask = async () => {
		try {
			const response = await fetch(`api/groups?lang=${lang}`);
			const answer = await response.json();
			return response.ok ? { list: answer, problem: undefined } : { problem: answer.detail };
		} catch {
			return { problem: say('board.lost') };
		}
	};
	const refresh = async () => {
		if (!document.hidden) {
			Object.assign(view, await ask());
			draw();
		}
		setTimeout(refresh, REFRESH_MS);
	};
	draw();
	refresh();
}

function Page({ list, problem }) {
	const [filter, setFilter] = useState(parameter('groups'));
	const [lagging, setLagging] = useState(false);
	const [order, setOrder] = useState('group');
	const typed = (text) => {
		setFilter(text);
		history.replaceState(null, '', here({ groups: text }));
	};
	const shown = list && chosen(list.groups, { filter, lagging, order });
	return html`
		<header class="top">
			<h1>${say('board.groups')}</h1>
			<nav aria-label=${say('board.nav')}>
				<a href=${`lessons.html?lang=${lang}`}>${say('board.lessons')}</a>
				<a id="language" lang=${otherLang} href=${here({ lang: otherLang, groups: filter })}>${say('board.other-language')}</a>
			</nav>
		</header>
		<p id="problem" role="alert" hidden=${!problem}>${problem}
			${problem && list && ` ${say('board.groups.old', timeOfDay(list.at))}`}</p>
		<main>
			<form id="choose" class="bar" role="search" onSubmit=${(event) => event.preventDefault()}>
				<label>${say('board.groups.filter')} <input type="search" value=${filter} autofocus
					onInput=${({ target }) => typed(target.value)} /></label>
				<label><input type="checkbox" id="lagging" checked=${lagging} onChange=${({ target }) => setLagging(target.checked)} />
					${say('board.groups.lagging')}</label>
				<span role="status" class="dim">${shown && say('board.groups.count', shown.length, list.groups.length)}</span>
			</form>
			${!list ? html`<p id="waiting">${say('board.waiting')}</p>` : html`<div class="wide">
				<table id="groups" data-stale=${!!problem}>
					<thead><tr>
						${Object.keys(ORDER).map((column) => html`<th scope="col" aria-sort=${order === column
							? (column === 'group' ? 'ascending' : 'descending') : undefined}>
							<button type="button" class="quiet" data-sort=${column} onClick=${() => setOrder(column)}>
								${say(`board.groups.${column}`)}</button></th>`)}
						<th scope="col">${say('board.groups.state')}</th>
						<th scope="col">${say('board.groups.topics')}</th>
					</tr></thead>
					<tbody>${shown.map((group) => html`<${Row} key=${group.group} ...${group} choose=${typed} />`)}</tbody>
				</table></div>`}
		</main>`;
}

function Row({ group, protocol, protocolType, state, members, topics, lag, unknownLags, choose }) {
	const why = known(`board.state.${state}`) ? say(`board.state.${state}`) : undefined;
	return html`<tr data-group=${group}>
		<th scope="row"><a href=${here({ group, groups: undefined })}>${group}</a></th>
		<td>${members ?? '–'}</td>
		<td><span aria-description=${unknownLags > 0 ? say('board.groups.unknown', unknownLags) : undefined}>
			${unknownLags > 0 && '≥ '}${leastLag({ lag, unknownLags }) ?? '–'}</span></td>
		<td><span aria-description=${why}>${state}</span> <span class="dim">${protocolType || protocol}</span></td>
		<td>${topics.map((topic) => html`<button type="button" class="quiet" data-topic=${topic}
			onClick=${() => choose(topic)}>${topic}</button>`)}</td>
	</tr>`;
}
