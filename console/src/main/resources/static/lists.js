// What the board shows, once more in words: the feed of events, and the tables.

import { html, useState } from './vendor/htm-preact-3.1.1.js';
import { byName, say, sentence, timeOfDay } from './words.js';
import { Panel } from './parts.js';

export function Feed({ feed = {} }) {
	return html`<${Panel} title=${say('board.feed')} id="events">
		<ol id="feed" tabindex="0" aria-label=${say('board.feed')}>
			${Object.entries(feed).sort(([a], [b]) => b - a).map(([id, event]) => html`
				<li key=${id} data-id=${id} data-key=${event.key} data-level=${event.level}>
					<time datetime=${event.at}>${timeOfDay(event.at)}</time> ${sentence(event)}
					${event.command && html`<${Command} text=${event.command} />`}
				</li>`)}
		</ol>
	<//>`;
}

function Command({ text }) {
	const [copied, setCopied] = useState(false);
	const copy = () => navigator.clipboard.writeText(text).then(() => setCopied(true));
	return html`<div class="command"><code>${text}</code>
		<button type="button" aria-label=${`${say('board.copy')}: ${text}`} onClick=${copy}>
			${say(copied ? 'board.copied' : 'board.copy')}</button></div>`;
}

/** For who does not see the board it is always there; the button shows it to everybody else. */
export function Tables({ state: { partitions = {}, members = {}, group, broker } }) {
	const [shown, setShown] = useState(false);
	const sorted = (things) => Object.entries(things).sort(([a], [b]) => byName(a, b));
	const list = (names) => names?.join(', ') || '–';
	return html`<${Panel} id="tables" title=${say('board.tables')} at=${[group?.at, broker?.at].filter(Boolean).sort()[0]}
		aside=${html`<button type="button" data-action="tables" aria-pressed=${shown} onClick=${() => setShown(!shown)}>
			${say('board.tables.show')}</button>`}>
		<div class=${shown ? 'wide' : 'unseen'} tabindex=${shown ? 0 : undefined}>
			<${Table} id="partitions" name="board.partitions" columns=${['topic-partition', 'leader', 'committed', 'end', 'lag', 'owner']}
				rows=${sorted(partitions).map(([name, { leader, committed, end, lag, owner }]) =>
					[name, leader, committed, end, lag, owner ?? say('board.nobody')])} />
			<${Table} id="members" name="board.members" columns=${['member', 'host', 'epoch', 'assigned', 'target']}
				rows=${sorted(members).map(([name, { host, epoch, assigned, target }]) =>
					[name, host, epoch, list(assigned), list(target)])} />
		</div>
	<//>`;
}

function Table({ id, name, columns, rows }) {
	return html`<table id=${id}>
		<caption>${say(name)}</caption>
		<thead><tr>${columns.map((column) => html`<th scope="col">${say(`board.column.${column}`)}</th>`)}</tr></thead>
		<tbody>${rows.map(([first, ...rest]) => html`<tr key=${first}><th scope="row">${first}</th>
			${rest.map((value) => html`<td>${value ?? '–'}</td>`)}</tr>`)}</tbody>
	</table>`;
}
